import type { DatasetAbout, DatasetReader } from '../analyses/analysis.js';

/** A filter as a request gives it: `{"mass (g)__gt": 100, "recclass": ["L5", "L6"], "start": 1990}`. */
export type RawFilter = Readonly<Record<string, unknown>>;

/**
 * What jobs may know of datasets: their description, a check of a filter, and reading one version.
 */
export abstract class DatasetAccess {
  /** @throws Problem `unknown-dataset` */
  abstract describe(name: string): Promise<DatasetAbout>;

  /**
   * Checks a filter against the columns of the dataset.
   * @throws Problem `unknown-column`, `invalid-parameter`; fields are named `filter.<name>`
   */
  abstract checkFilter(about: DatasetAbout, filter: RawFilter): void;

  /**
   * Calls `use` with a reader of the newest version, which is held still until `use` ends. `signal`
   * interrupts the query that is running.
   * @throws Problem `unknown-dataset`, and whatever `use` throws
   */
  abstract read<T>(
    name: string,
    filter: RawFilter,
    signal: AbortSignal,
    use: (reader: DatasetReader) => Promise<T>,
  ): Promise<T>;
}
