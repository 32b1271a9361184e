import type { RawFilter } from '../data/dataset-access.js';
import type { ProblemJson } from '../errors/problem.js';

/**
 * Words of this folder. A *job* is one request to run an analysis; its *record* in Redis is the truth
 * about it. A *message* is what Bull carries: the id of a job, no more. A *run* is one attempt of a
 * worker at a job, known by its random token. To *hand back* is to give up a run without blame; a run
 * that fell silent is a *crash*; a run that ended in an unexpected error is a *fault*.
 */
export const jobStatuses = ['submitted', 'in_progress', 'complete', 'failed', 'cancelled'] as const;
export type JobStatus = (typeof jobStatuses)[number];

export const isFinished = (status: JobStatus): boolean =>
  status !== 'submitted' && status !== 'in_progress';

/** What a request has been made into: complete and checked. */
export interface JobPlan {
  readonly analysis: string;
  /** '' where the operation needs none. */
  readonly dataset: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly filter: RawFilter;
  readonly label: string | null;
  /** Longest run, in milliseconds. */
  readonly timeout: number;
  /** Version of the dataset: at the submission, and of what was read as soon as that is known; '' without one. */
  readonly version: string;
}

/** Times are milliseconds since 1970, by the clock of Redis: one clock for all processes. */
export interface JobRecord extends JobPlan {
  readonly id: string;
  readonly status: JobStatus;
  /** 0 to 100. */
  readonly progress: number;
  readonly created: number;
  /** Start of the latest run. */
  readonly started: number | null;
  readonly finished: number | null;
  /** Runs that were started. */
  readonly attempts: number;
  readonly crashes: number;
  readonly faults: number;
  readonly problem: ProblemJson | null;
  readonly cancel: CancelRequest | null;
}

export interface Requester {
  /** Id of the request that asked. */
  readonly by: string;
  readonly address: string;
}

export interface CancelRequest extends Requester {
  readonly at: number;
}

/** A worker shows at this interval that its run lives, and learns of a wish to cancel. */
export const HEARTBEAT_MS = 1_000;
/**
 * A run that was silent for so long counts as crashed. Bull gives up a job after 7.5 s of silence or more
 * (lockDuration less lockRenewTime), so a job that Bull hands out again is always older than this.
 */
export const SILENT_MS = 5_000;
export const MAX_CRASHES = 2;
/** Runs that may end in an unexpected error before the job fails. */
export const MAX_FAULTS = 3;
