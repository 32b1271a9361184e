export interface GenerateOptions {
  readonly rows: number;
  readonly series: number;
  readonly seed: number;
  readonly start: Date;
  /** Milliseconds. */
  readonly every: number;
  /** Share of values that are missing. */
  readonly gaps: number;
  readonly format: 'csv' | 'ndjson';
  readonly out?: string;
}
