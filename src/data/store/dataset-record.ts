import type { LoadReport } from '../load/request.js';
import type { Schema, Version } from '../schema.js';

/** What people say about a dataset, as against what a load finds out. */
export interface DatasetAboutFields {
  readonly title?: string;
  readonly description?: string;
  readonly source?: string;
  readonly licence?: string;
  readonly citation?: string;
}

/** The record of a dataset in Redis: the truth about which version is the current one. */
export interface DatasetRecord {
  readonly name: string;
  /** Random; renewed by a restore, so that processes throw away what they hold. */
  readonly epoch: string;
  /** Id of the current generation. */
  readonly generation: string;
  readonly version: Version;
  readonly rows: number;
  readonly schema: Schema;
  readonly about: DatasetAboutFields;
  readonly report: LoadReport;
  /** RFC 3339. */
  readonly created: string;
  readonly loaded: string;
}

/** The part that every read compares. */
export interface DatasetState {
  readonly epoch: string;
  readonly generation: string;
  readonly version: Version;
}

export const isSameState = (one: DatasetState, other: DatasetState): boolean =>
  one.generation === other.generation &&
  one.epoch === other.epoch &&
  one.version.edit === other.version.edit &&
  one.version.load === other.version.load;

export const STATE_FIELDS = ['epoch', 'generation', 'load', 'edit'] as const;

/** The state from the values of `STATE_FIELDS`, or null where there is no such dataset. */
export function stateOf(values: readonly (string | null)[]): DatasetState | null {
  const [epoch, generation, load, edit] = values;
  if (typeof generation !== 'string') return null;
  return {
    epoch: epoch ?? '',
    generation,
    version: { load: Number(load), edit: Number(edit) },
  };
}

export function recordOf(hash: Readonly<Record<string, string>>): DatasetRecord | null {
  const state = stateOf(STATE_FIELDS.map((field) => hash[field] ?? null));
  if (state === null) return null;
  return {
    ...state,
    name: hash['name'] ?? '',
    rows: Number(hash['rows']),
    schema: JSON.parse(hash['schema'] ?? '{}') as Schema,
    about: JSON.parse(hash['about'] ?? '{}') as DatasetAboutFields,
    report: JSON.parse(hash['report'] ?? '{}') as LoadReport,
    created: hash['created'] ?? '',
    loaded: hash['loaded'] ?? '',
  };
}
