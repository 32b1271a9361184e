import type { DuckDBConnection } from '@duckdb/node-api';

import type { ColumnType } from '../schema.js';
import type { NamedColumn } from './names.js';

/** A file opened as a table of text: what the inference and the build read. */
export interface Source {
  /** SQL which can stand after FROM; its columns are `columns`, all VARCHAR, in order. */
  readonly relation: string;
  readonly columns: readonly SourceColumn[];
  /** The same, read by several threads. */
  readonly sliced?: SlicedRelation;
  /** SQL for the number of a row, from 1; without it rows are numbered as they are read, by one thread. */
  readonly place?: string;
  /** Whether values may be JSON lists and objects. */
  readonly nested: boolean;
  /** Whether a column without any value does not show in the file. */
  readonly sparse?: boolean;
  /** What was found out about the file, for the load report. */
  readonly found: Readonly<Record<string, unknown>>;
  /** Rows refused while the relation was read the last time, by the reader of the format itself. */
  readonly refused?: (connection: DuckDBConnection) => Promise<Refusals>;
  /** The line of the file on which each of these records begins; records count from 1 and ascend. */
  readonly linesOf?: (records: readonly number[]) => Promise<readonly number[]>;
}

/** A relation that is read in slices, which serves only where no row of it is refused. */
export interface SlicedRelation {
  readonly relation: string;
  /** Whether all rows were taken when it was read; else the file must be read in one piece. */
  readonly isWhole: (connection: DuckDBConnection) => Promise<boolean>;
}

/** The source with something selected from its relation. */
export function selectFrom(source: Source, select: (relation: string) => string): Source {
  const { sliced } = source;
  return {
    ...source,
    relation: select(source.relation),
    ...(sliced === undefined ? {} : { sliced: { ...sliced, relation: select(sliced.relation) } }),
  };
}

export interface SourceColumn extends NamedColumn {
  /** The type that the format itself gives the column, as Parquet does. */
  readonly type?: ColumnType;
  /** The unit that the file gives. */
  readonly unit?: string;
}

/** A row that was not taken. */
export interface Reject {
  /** Line of the file, from 1, where the format has lines. */
  readonly line?: number;
  /** Record of the table, from 1. */
  readonly record?: number;
  readonly column?: string;
  /** The text at fault, cut where it is long. */
  readonly value?: string;
  readonly reason: string;
}

/** SQL for the number of a row, beside the columns of the relation. */
export const placeSql = ({ place }: Source): string => place ?? 'row_number() OVER ()';

/** Refused rows: how many there are, and the first `MAX_REJECTS` of them. */
export interface Refusals {
  readonly count: number;
  readonly rejects: readonly Reject[];
}

/** As many refused rows are kept with a load; beyond it they are counted. */
export const MAX_REJECTS = 10_000;

export interface SourceOptions {
  readonly delimiter?: string;
  /** Path to the records inside a document: dotted in JSON and YAML, with slashes in XML. */
  readonly path?: string;
  /** Whether the columns are known, so that a file without any record can be loaded. */
  readonly mayBeEmpty?: boolean;
  /** Largest number of bytes that the content may expand to. */
  readonly maxBytes: number;
}

/** A file format: how a file of it becomes a table of text. */
export interface Format {
  readonly name: string;
  readonly mediaTypes: readonly string[];
  /** Whether a file of it is no text, so that nothing is decoded. */
  readonly binary?: true;
  /** @throws Problem `unreadable-file`, `payload-too-large` */
  open(connection: DuckDBConnection, file: string, options: SourceOptions): Promise<Source>;
  /** Another file with the same content, where reading failed for a fault that can be mended; else null. */
  mend?(file: string, failure: unknown): Promise<string | null>;
}

/** The format of one declared dataset, of its publisher's own making; it comes before all others where it fits. */
export interface DeclaredFormat extends Format {
  /** @param head the beginning of the file */
  recognises(head: string): boolean;
}
