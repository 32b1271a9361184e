/**
 * Every key and channel in Redis, in one place. `{prefix}` is KEY_PREFIX; pub/sub channels carry it
 * too, since they ignore database numbers.
 */
export class Keys {
  constructor(private readonly prefix: string) {}

  /** Database 0. Set of the names of all datasets. */
  readonly datasets = (): string => `${this.prefix}:datasets`;
  /** Hash: epoch, generation, load, edit, rows, base, schema, about, report, rejects, created, loaded. */
  readonly dataset = (name: string): string => `${this.prefix}:dataset:${name}`;
  /** Hash: name -> number of its last load, which outlives the dataset so that versions never repeat. */
  readonly loads = (): string => `${this.prefix}:loads`;
  /** Hash: chunks, bytes, sha256, rows, load, edit. */
  readonly generation = (name: string, id: string): string =>
    `${this.prefix}:generation:${name}:${id}`;
  readonly chunk = (name: string, id: string, index: number): string =>
    `${this.prefix}:generation:${name}:${id}:${String(index)}`;
  /** Hash: record id -> its latest edit since the generation. */
  readonly edits = (name: string): string => `${this.prefix}:edits:${name}`;
  /** Sorted set: record id by the number of its latest edit. */
  readonly editOrder = (name: string): string => `${this.prefix}:edit-order:${name}`;

  /** List: refused rows of the last load, as JSON; without an id the beginning of such keys. */
  readonly rejects = (name: string, id: string): string => `${this.prefix}:rejects:${name}:${id}`;
  /** Hash: name -> the declared source of a dataset, as JSON. */
  readonly sources = (): string => `${this.prefix}:sources`;

  /** Text that expires: some process compacts the dataset, or has just done so. */
  readonly compactionLease = (name: string): string => `${this.prefix}:compaction:${name}`;

  /** Hash: name, created, verified and bytes of the last backup, for metrics and readiness. */
  readonly lastBackup = (): string => `${this.prefix}:backup`;

  /** Database 1. Hash: the record of one job. */
  readonly job = (id: string): string => `${this.prefix}:job:${id}`;
  /** List: the log lines of one job. */
  readonly jobLog = (id: string): string => `${this.prefix}:job:${id}:log`;
  /** Sorted set: job ids by time of submission. */
  readonly jobs = (): string => `${this.prefix}:jobs`;
  /** Sorted set: ids of the jobs that are not finished, by time of submission. */
  readonly openJobs = (): string => `${this.prefix}:jobs:open`;
  /** Held by the worker that swept last; others leave the sweeping to it for a while. */
  readonly sweepLease = (): string => `${this.prefix}:jobs:sweep`;
  /** Prefix of Bull's own keys. */
  readonly bull = (): string => `${this.prefix}:bull`;

  /** Database 2. Hash: result name -> its media type and size, as JSON. */
  readonly results = (job: string): string => `${this.prefix}:results:${job}`;
  readonly result = (job: string, name: string): string => `${this.prefix}:result:${job}:${name}`;

  /** Channel: ids of jobs whose cancelling was asked for. */
  readonly cancelChannel = (): string => `${this.prefix}:cancel`;
  /** Channel: changes of jobs, as JSON. */
  readonly jobChannel = (): string => `${this.prefix}:job-events`;
}
