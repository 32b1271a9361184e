import { expectMeasured, itWhereAll, tryBench } from './bench-run.js';

itWhereAll(
  'the bench of data measures every side, and leaves nothing behind',
  async () => {
    expectMeasured(await tryBench('data'), 5);
  },
  180_000,
);
