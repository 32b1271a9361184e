/** What was read, with the version of the dataset in which it was found. */
export interface Versioned<T> {
  readonly value: T;
  readonly version: string;
}
