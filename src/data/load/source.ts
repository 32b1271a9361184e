import type { DuckDBConnection } from '@duckdb/node-api';

import type { NamedColumn } from './names.js';

/** A file opened as a table of text: what the inference and the build read. */
export interface Source {
  /** SQL which can stand after FROM; its columns are `columns`, all VARCHAR, in order. */
  readonly relation: string;
  readonly columns: readonly NamedColumn[];
  /** Whether values may be JSON lists and objects. */
  readonly nested: boolean;
  /** What was found out about the file, for the load report. */
  readonly found: Readonly<Record<string, unknown>>;
  /** Rows refused while the relation was read the last time, by the reader of the format itself. */
  readonly refused?: (connection: DuckDBConnection) => Promise<readonly Reject[]>;
}

/** A row that was not taken. */
export interface Reject {
  /** Line of the file, from 1, where the format has lines. */
  readonly line?: number;
  /** Record of the table, from 1. */
  readonly record?: number;
  readonly column?: string;
  readonly reason: string;
}

export interface SourceOptions {
  readonly delimiter?: string;
  /** Dotted path to the list of records inside a JSON document. */
  readonly path?: string;
}

/** A file format: how a file of it becomes a table of text. */
export interface Format {
  readonly name: string;
  readonly mediaTypes: readonly string[];
  /** @throws Problem `unreadable-file` */
  open(connection: DuckDBConnection, file: string, options: SourceOptions): Promise<Source>;
}
