import type { JobRecord } from '../job.js';

/** Analysis -> mean milliseconds of its complete runs, and how many of them were counted. */
export type Durations = ReadonlyMap<string, { readonly mean: number; readonly count: number }>;

/**
 * When a job will probably start and finish, in milliseconds since 1970. Jobs ahead are taken to last as long as
 * the mean of what was run lately; the job itself as long as others of its analysis.
 * @param position in the queue, from 1; null where the job does not wait there
 * @param places jobs that all workers run at a time; without a worker nothing is known
 */
export function estimate(
  job: Pick<JobRecord, 'analysis' | 'runAt' | 'started' | 'status'>,
  position: number | null,
  durations: Durations,
  places: number,
  now: number,
): { readonly start: number | null; readonly finish: number | null } {
  const own = durations.get(job.analysis)?.mean ?? null;
  const start = startOf(job, position, durations, places, now);
  const finish = start === null || own === null ? null : Math.max(start + own, now);
  return { start, finish: finish === null ? null : Math.round(finish) };
}

function startOf(
  { runAt, started, status }: Pick<JobRecord, 'runAt' | 'started' | 'status'>,
  position: number | null,
  durations: Durations,
  places: number,
  now: number,
): number | null {
  if (status === 'in_progress') return started;
  if (runAt !== null && runAt > now) return runAt;
  const mean = meanOf(durations);
  if (position === null || places === 0 || mean === null) return null;
  return Math.round(now + (Math.floor((position - 1) / places) + 0.5) * mean);
}

function meanOf(durations: Durations): number | null {
  const known = [...durations.values()];
  const runs = known.reduce((sum, { count }) => sum + count, 0);
  if (runs === 0) return null;
  return known.reduce((sum, { mean, count }) => sum + mean * count, 0) / runs;
}
