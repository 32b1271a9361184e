import type { Column, Schema } from '../schema.js';

/** The table that is exported: the columns asked for, and the schema of the whole. */
export interface ExportTable {
  readonly columns: readonly Column[];
  readonly schema: Schema;
  /** Blanks by which each level of JSON is indented; 0 for one record a line. */
  readonly indent: number;
}

/** How a table is written as text: SQL makes each row, and this stands around and between the rows. */
export interface TextLayout {
  /** SQL for one row as text. */
  readonly row: string;
  readonly before: string;
  readonly between: string;
  readonly after: string;
  /** The whole file where the table has no rows. */
  readonly empty: string;
}

interface Description {
  /** Media type of the file, with its parameters. */
  readonly type: string;
  readonly extension: string;
  /** SQL of the columns that this format cannot write, by what is true for a value it cannot hold. */
  readonly cannotHold?: (table: ExportTable) => readonly Obstacle[];
  /** @throws Problem `unsuitable-column` where the table as such does not fit the format */
  readonly check?: (table: ExportTable) => void;
}

/** Values which a format cannot carry, and which are refused rather than changed. */
export interface Obstacle {
  readonly column: string;
  /** SQL that is true for such a value. */
  readonly test: string;
  readonly what: string;
}

export type ExportFormat = Description &
  (
    | { readonly kind: 'text'; readonly layout: (table: ExportTable) => TextLayout }
    /** SQL for the options of COPY, which writes the file. */
    | {
        readonly kind: 'file';
        readonly copy: (table: ExportTable) => { select: string; options: string };
      }
  );
