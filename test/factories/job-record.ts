import type { JobRecord } from '../../src/jobs/job.js';

/** A job that runs, for tests that need one. */
export const jobRecord = (changes: Partial<JobRecord> = {}): JobRecord => ({
  id: '161207aa-9fe7-4caa-95b8-27f5bcbb16e7',
  status: 'in_progress',
  analysis: 'value-counts',
  dataset: 'meteorites',
  params: { column: 'recclass', top: 20 },
  filter: {},
  label: null,
  timeout: 120_000,
  version: '1.0',
  priority: 0,
  tries: 3,
  runAt: null,
  reused: null,
  lines: 0,
  progress: 0,
  created: Date.UTC(2026, 10, 22, 6),
  started: Date.UTC(2026, 10, 22, 6, 0, 1),
  finished: null,
  attempts: 1,
  crashes: 0,
  faults: 0,
  problem: null,
  cancel: null,
  ...changes,
});
