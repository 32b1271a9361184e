import type { Callback } from '../callbacks/callback.js';
import type { RawFilter } from '../data/dataset-access.js';
import type { ProblemJson } from '../errors/problem.js';

/**
 * Words of this folder. A *job* is one request to run an analysis; its *record* in Redis is the truth
 * about it. A *message* is what Bull carries: the id of a job, no more. A *run* is one attempt of a
 * worker at a job, known by its token. *Work* is what jobs that ask the same share: it belongs to the first of
 * them, and the others follow it. To *hand back* is to give up a run without blame; a run
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
  /** 0 to 100; the highest is run first. */
  readonly priority: number;
  /** Runs that may end in an unexpected error before the job fails. */
  readonly tries: number;
  /** Where its end is reported; null: nowhere. */
  readonly callback: Callback | null;
  /** Names of the results that are made; null: all. */
  readonly wanted: readonly string[] | null;
  /** What the job asks, as a fingerprint: jobs that ask the same can share an answer. Null: never. */
  readonly question: string | null;
}

/** Times are milliseconds since 1970, by the clock of Redis: one clock for all processes. */
export interface JobRecord extends Omit<JobPlan, 'question'> {
  readonly id: string;
  readonly status: JobStatus;
  /** 0 to 100. */
  readonly progress: number;
  readonly created: number;
  /** When a delayed job may begin. */
  readonly runAt: number | null;
  /** Start of the latest run. */
  readonly started: number | null;
  readonly finished: number | null;
  /** Runs that were started. */
  readonly attempts: number;
  readonly crashes: number;
  readonly faults: number;
  /** The job whose work this one shares, and how old its answer was. */
  readonly reused: Reused | null;
  /** Log lines that were written, those included that are not kept any more. */
  readonly lines: number;
  readonly problem: ProblemJson | null;
  readonly cancel: CancelRequest | null;
}

export interface Reused {
  readonly job: string;
  /** Milliseconds between the end of that job and the submission of this; 0 where it was not finished yet. */
  readonly age: number;
}

/** The job that did the work, or does it, under whose id log and results are kept. */
export const workOf = ({ id, reused }: Pick<JobRecord, 'id' | 'reused'>): string =>
  reused?.job ?? id;

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
export const MAX_CRASHES = 2;
/** Runs that may end in an unexpected error, where the request does not say. */
export const DEFAULT_TRIES = 3;
