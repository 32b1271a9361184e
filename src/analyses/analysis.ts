import type { ParameterClass } from '../parameters/validate.js';
import type { Columns } from '../data/columns.js';
import type { AggregateSpec } from '../data/query/aggregate/request.js';
import type { Column, Schema } from '../data/schema.js';
import type { Result } from './results.js';

/**
 * The contract of an analysis. One folder `analyses/<name>/` with a file `<name>.analysis.ts` that
 * exports `defineAnalysis({...})` by default is all there is to adding one: the registry finds it,
 * and routes, OpenAPI, help and the conformance tests follow.
 *
 * An analysis has two steps. `query` runs in the worker process and asks the dataset; DuckDB does the
 * work there. `compute` runs in a thread of its own, which is ended when the job is cancelled or its
 * time is over; it gets plain data only (what structuredClone can carry) and never a connection.
 */
export interface Analysis<P extends object = object, D = unknown> {
  /** Lower-case words joined by dashes; the name of the folder too. */
  readonly name: string;
  readonly title: string;
  /** One or two sentences for /help, /docs and /analyses. */
  readonly description: string;
  readonly params: ParameterClass<P>;
  /** Params of a request that works with the sample dataset of the documentation. */
  readonly example: Readonly<Record<string, unknown>>;
  /** Fields whose columns default to something of the dataset (its position, its time, ...). */
  complete?(params: P, schema: Schema): P;
  query(params: P, dataset: DatasetReader): Promise<D>;
  compute(params: P, data: D, task: Task): Promise<Results> | Results;
}

export type Results = Readonly<Record<string, Result>>;

/**
 * One version of one dataset, already filtered as the request asks. SQL is DuckDB's; the table is
 * called `data`, its columns have their own names (use `quoteIdentifier`), parameters are $1, $2, ...
 */
export interface DatasetReader {
  readonly about: DatasetAbout;
  /** The dataset that this is a part of: what parts share is found there. */
  readonly whole?: DatasetReader;
  /** The column of whose values this part has several, which are no group of their own. */
  readonly mixed?: string;
  column(name: string): Column;
  /** Rows as JSON objects; for aggregates and small answers, at most 100,000 rows (more is a Problem). */
  rows<T extends object>(sql: string, values?: readonly SqlValue[]): Promise<T[]>;
  /** Columns as typed arrays, keyed by their names in the select list; for many rows. */
  columns(sql: string, values?: readonly SqlValue[]): Promise<Columns>;
  /** What `/datasets/{name}/aggregate` answers, as JSON objects; fields at fault are named `params.*`. */
  aggregate<T extends object>(spec: AggregateSpec): Promise<T[]>;
}

export type SqlValue = string | number | boolean | null;

export interface DatasetAbout {
  readonly name: string;
  readonly title: string;
  readonly schema: Schema;
  /** `<load>.<edit>`: the version that is read, which the results name. */
  readonly version: string;
  /** Where the data come from, for the foot of a picture. */
  readonly citation?: string;
}

/** What `compute` knows of its job. */
export interface Task {
  readonly dataset: DatasetAbout;
  /** Names of the results that somebody waits for; an analysis may leave out the others. All by default. */
  readonly wanted?: readonly string[];
  /** True progress of `compute`, 0 to 1. */
  progress(fraction: number): void;
  /** A line for the log of the job. */
  log(line: string): void;
}

/** Types the two steps of an analysis against each other. */
export function defineAnalysis<P extends object, D>(analysis: Analysis<P, D>): Analysis<P, D> {
  return analysis;
}
