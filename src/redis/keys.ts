/**
 * Every key and channel in Redis, in one place. `{prefix}` is KEY_PREFIX; pub/sub channels carry it
 * too, since they ignore database numbers.
 */
export class Keys {
  constructor(private readonly prefix: string) {}

  /** Database 0. Set of the names of all datasets. */
  readonly datasets = (): string => `${this.prefix}:datasets`;
  /** Hash: epoch, generation, original, load, edit, rows, base, schema, about, report, rejects, created, loaded. */
  readonly dataset = (name: string): string => `${this.prefix}:dataset:${name}`;
  /** Hash: name -> number of its last load, which outlives the dataset so that versions never repeat. */
  readonly loads = (): string => `${this.prefix}:loads`;
  /** Hash: chunks, bytes, sha256, rows, load, edit. */
  readonly generation = (name: string, id: string): string =>
    `${this.prefix}:generation:${name}:${id}`;
  /** Hash: number of a kept load -> what it was, as JSON. */
  readonly keptLoads = (name: string): string => `${this.prefix}:kept-loads:${name}`;
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
  /** Sorted set: ids of the jobs with one status, analysis, dataset or label, by time of submission. */
  readonly jobList = (field: string, value: string): string =>
    `${this.prefix}:jobs:${field}:${value}`;
  /** Set: the jobs that share the work of a job. */
  readonly followers = (id: string): string => `${this.prefix}:job:${id}:followers`;
  /** Text: the job that answers a question, by the fingerprint of the question. */
  readonly reuse = (question: string): string => `${this.prefix}:reuse:${question}`;
  /** Hash: analysis -> mean milliseconds of its complete runs, and how many were counted. */
  readonly durations = (): string => `${this.prefix}:durations`;
  /** Sorted set: places of the workers that live, `name places`, by the time of their last sign. */
  readonly workers = (): string => `${this.prefix}:workers`;
  /** Held by the worker that swept last; others leave the sweeping to it for a while. */
  readonly sweepLease = (): string => `${this.prefix}:jobs:sweep`;
  /** Text: the score in the set of open jobs up to which the last sweep looked. */
  readonly sweepPlace = (): string => `${this.prefix}:jobs:sweep-place`;
  /** Hash: the schedule as JSON. */
  readonly schedule = (id: string): string => `${this.prefix}:schedule:${id}`;
  /** List: the runs of a schedule as JSON, newest first. */
  readonly scheduleRuns = (id: string): string => `${this.prefix}:schedule:${id}:runs`;
  /** Sorted set: ids of schedules by the time of their making. */
  readonly schedules = (): string => `${this.prefix}:schedules`;
  /** Sorted set: ids of schedules by the time when they are due. */
  readonly schedulesDue = (): string => `${this.prefix}:schedules:due`;
  /** Sorted set: jobs whose end is to be reported, by the time of the next attempt. */
  readonly callbacksDue = (): string => `${this.prefix}:callbacks:due`;
  /** List: attempts to report the end of a job as JSON, oldest first. */
  readonly deliveries = (job: string): string => `${this.prefix}:job:${job}:deliveries`;
  /** Hash: closed (milliseconds since 1970), message; absent while the queue is open. */
  readonly queueClosed = (queue: string): string => `${this.prefix}:queue:${queue}:closed`;
  /** Prefix of Bull's own keys. */
  readonly bull = (): string => `${this.prefix}:bull`;

  /** Database 2. Hash: result name -> its media type and size, as JSON. */
  readonly results = (job: string): string => `${this.prefix}:results:${job}`;
  readonly result = (job: string, name: string): string => `${this.prefix}:result:${job}:${name}`;
  /** Text: bytes of all results together. The scripts keep `results-kept` and `results-sizes` beside it. */
  readonly resultsBytes = (): string => `${this.prefix}:results-bytes`;

  /** Text: id of the job whose picture is the image of a dataset. */
  readonly image = (dataset: string): string => `${this.prefix}:image:${dataset}`;

  /** Channel: ids of jobs whose cancelling was asked for. */
  readonly cancelChannel = (): string => `${this.prefix}:cancel`;
  /** Channel: that something about a job has changed. */
  readonly jobChannel = (id: string): string => `${this.prefix}:job-events:${id}`;
}
