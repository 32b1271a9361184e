/** What `run` is told. */
export interface RunOptions {
  readonly filepath?: string;
  readonly input?: string;
  readonly param?: readonly (readonly [string, string])[];
  readonly params?: string;
  readonly filter?: readonly (readonly [string, string])[];
  readonly key?: string;
  readonly path?: string;
  readonly schema?: string;
  readonly delimiter?: string;
  readonly dateformat?: string;
  readonly out?: string;
  readonly json?: true;
}
