import { expectMeasured, itWhereAll, tryBench } from './bench-run.js';

itWhereAll(
  'the bench of jobs measures every side, and leaves nothing behind',
  async () => {
    expectMeasured(await tryBench('jobs'), 5);
  },
  300_000,
);
