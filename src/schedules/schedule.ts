/**
 * A *schedule* submits the same job again and again: at the times of a cron expression, in a time zone. It is
 * *due* at one time at most, the next; a *run* is what became of one time: a job, or the reason for none.
 */
export interface Schedule {
  readonly id: string;
  readonly title: string | null;
  readonly cron: string;
  /** IANA name. */
  readonly timeZone: string;
  /** Body of POST /jobs. */
  readonly job: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970, as are the others. */
  readonly created: number;
  /** Null while it is paused, or where no time is left. */
  readonly next: number | null;
  readonly paused: boolean;
}

export interface ScheduleRun {
  /** When it was due. */
  readonly due: number;
  /** When it was submitted, or not; later than `due` after a downtime. */
  readonly at: number;
  /** Times before `due` that were missed, and are not made up for. */
  readonly missed: number;
  readonly job: string | null;
  /** Why there is no job. */
  readonly reason: string | null;
}
