import type { Results } from '../analyses/analysis.js';
import type { ParameterClass } from '../parameters/validate.js';

/**
 * The contract of an operation: work that runs in the worker process itself under a job record, such as a load
 * of a dataset. An analysis computes something from a dataset in a thread; an operation does something, with
 * whatever Nest gives it, and waits for others (a child process, Redis, a server) more than it computes.
 *
 * An operation is a provider that extends this class, in any module that the API and the worker both import;
 * the registry finds it there. Code submits it with `JobsService.submitOperation`; `POST /jobs
 * {"analysis": name}` does where `submittable` says so. Everything else is as with an analysis: attempts, time
 * limit, cancelling, log, results, reports to whoever follows the job.
 *
 * `run` may be called again for the same job: after a fault, a crash of the worker or a hand-back. It must end
 * soon after the signal fires, must not begin what cannot be undone once it has fired, and must never block the
 * event loop. A Problem fails the job at once; any other error is tried again.
 */
export abstract class Operation<P extends object = object> {
  /** Lower-case words joined by dashes, as no analysis is called. */
  abstract readonly name: string;
  abstract readonly title: string;
  /** One or two sentences for /help, /docs and /operations. */
  abstract readonly description: string;
  abstract readonly params: ParameterClass<P>;
  /** Params of a request, for the documentation. */
  abstract readonly example: Readonly<Record<string, unknown>>;
  /** Whether a dataset is named, and whether it must be there already: `named` need not be. */
  readonly dataset: 'none' | 'named' | 'existing' = 'existing';
  /** Whether POST /jobs may ask for it. */
  readonly submittable: boolean = false;
  /** Longest run in milliseconds where the request does not say; null: JOB_TIMEOUT. It is the most that may be said. */
  readonly timeout: number | null = null;

  abstract run(params: P, task: OperationTask): Promise<OperationOutcome>;
}

/** What an operation knows of its job. */
export interface OperationTask {
  readonly job: string;
  /** Name of the dataset, null where the operation has none. It may not exist yet, or any more. */
  readonly dataset: string | null;
  /** 1 for the first run of the job. */
  readonly attempt: number;
  /** Fires when the job is cancelled, its time is over, or the worker stops. */
  readonly signal: AbortSignal;
  /** True progress, 0 to 1. */
  progress(fraction: number): void;
  /** A line for the log of the job. */
  log(line: string): void;
}

export interface OperationOutcome {
  /** At least one, such as a report of what was done. */
  readonly results: Results;
  /** Version of the dataset that the operation read or made; null where there is none. */
  readonly version: string | null;
}
