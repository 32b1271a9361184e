/**
 * The schema of a dataset: what a load decides once, over the whole file, and every reader relies on.
 */
export const columnTypes = [
  'text',
  /** Whole numbers within +-2^53: a JSON number. */
  'integer',
  /** Whole numbers of 64 bits: text in JSON, since JSON numbers would lose digits. */
  'int64',
  'number',
  'boolean',
  /** A calendar day, YYYY-MM-DD. */
  'date',
  /** An instant, RFC 3339 in UTC. */
  'timestamp',
  /** A nested list or object. */
  'json',
] as const;
export type ColumnType = (typeof columnTypes)[number];

/** What an analysis can ask of a column. */
export type ColumnKind = 'number' | 'time' | 'text' | 'boolean';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly unit?: string;
  readonly description?: string;
  /** The name in the loaded file, where it had to be changed. */
  readonly source?: string;
  /** Empty values at the load. */
  readonly nulls: number;
}

export interface Schema {
  readonly columns: readonly Column[];
  /** The column whose values address the records, or `ROW_ID` where the table has none. */
  readonly key: string;
  /** The column that `start` and `end` compare. */
  readonly time: string | null;
  readonly position: { readonly latitude: string; readonly longitude: string } | null;
}

/** Name of the row number, which addresses records of tables without a key column. */
export const ROW_ID = '_row';

const KINDS: Record<ColumnType, ColumnKind> = {
  text: 'text',
  integer: 'number',
  int64: 'number',
  number: 'number',
  boolean: 'boolean',
  date: 'time',
  timestamp: 'time',
  json: 'text',
};

export const kindOf = (column: Column): ColumnKind => KINDS[column.type];

/** The logical version of a dataset: loads and edits are both numbered from 1, and never reset. */
export interface Version {
  readonly load: number;
  readonly edit: number;
}

export const formatVersion = ({ load, edit }: Version): string => `${String(load)}.${String(edit)}`;
