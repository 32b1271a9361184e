/**
 * Columns as plain memory: what a query hands to an analysis and what is transferred to a thread
 * without copying. Missing values are NaN in numbers and times, and code -1 in text.
 */
export interface NumberColumn {
  readonly kind: 'number';
  readonly values: Float64Array;
}

/** Instants, in milliseconds since 1970-01-01T00:00:00Z. */
export interface TimeColumn {
  readonly kind: 'time';
  readonly values: Float64Array;
}

/** Text as codes into the list of distinct values. */
export interface TextColumn {
  readonly kind: 'text';
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
}

export type ColumnData = NumberColumn | TimeColumn | TextColumn;
export type Columns = Readonly<Record<string, ColumnData>>;
