import { Problem } from '../../errors/problem.js';
import { redisFailure } from '../../errors/redis-failure.js';
import type { JobRecord } from '../job.js';
import { HandedBack } from '../queue/backoff.js';
import type { Ending } from '../store/run-store.js';
import type { StopReason } from './running-jobs.js';

/** What becomes of a job whose run ended in an error. */
export type Verdict =
  | { readonly kind: 'end'; readonly ending: Ending }
  /** Another run, later; `error` tells Bull when. */
  | { readonly kind: 'again'; readonly faults: 0 | 1; readonly error: Error }
  /** The job is another run's by now. */
  | { readonly kind: 'lost' };

const failed = (problem: Problem): Verdict => ({
  kind: 'end',
  ending: { status: 'failed', problem },
});

/**
 * A Problem fails a job at once: the same request would fail again. An unexpected error is tried again some
 * times. Storage that is away is nobody's fault and is waited for.
 */
export function verdictOn(error: unknown, stopped: StopReason | null, job: JobRecord): Verdict {
  switch (stopped) {
    case 'cancelled':
      return { kind: 'end', ending: { status: 'cancelled' } };
    case 'timeout':
      return failed(
        new Problem('job-timeout', `stopped after ${String(job.timeout / 1000)} s, its time limit`),
      );
    case 'shutdown':
      return { kind: 'again', faults: 0, error: new HandedBack() };
    case 'lost':
      return { kind: 'lost' };
    case null:
      return verdictOnError(error, job);
  }
}

function verdictOnError(error: unknown, job: JobRecord): Verdict {
  const problem = error instanceof Problem ? error : redisFailure(error);
  const cause = error instanceof Error ? error : new Error(String(error));
  if (problem?.code === 'storage-unavailable') return { kind: 'again', faults: 0, error: cause };
  if (problem !== null) return failed(problem);
  if (job.faults + 1 < job.tries) return { kind: 'again', faults: 1, error: cause };
  const times = job.tries === 1 ? 'once' : `${String(job.tries)} times`;
  return failed(new Problem('internal', `${job.analysis} ended in an unexpected error ${times}`));
}
