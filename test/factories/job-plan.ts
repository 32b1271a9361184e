import type { JobPlan } from '../../src/jobs/job.js';

/** A plan that nothing checks, for tests of records and lists. */
export const jobPlan = (changes: Partial<JobPlan> = {}): JobPlan => ({
  ...{ analysis: 'a', dataset: 'd', params: {}, filter: {}, version: '1.0' },
  ...{
    label: null,
    timeout: 1000,
    priority: 0,
    tries: 3,
    callback: null,
    question: null,
    wanted: null,
  },
  ...changes,
});
