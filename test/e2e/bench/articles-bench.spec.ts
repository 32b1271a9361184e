import { expect } from '@jest/globals';

import { itWhereAll, tryBench } from './bench-run.js';

itWhereAll(
  'the bench of articles counts that none is lost or saved twice, and leaves nothing behind',
  async () => {
    const results = await tryBench('articles', '--rows', '20');
    expect(results.map(({ ours, other }) => [ours.median > 0, other?.median !== 0])).toEqual([
      [true, true],
      [true, true],
      [true, true],
    ]);
  },
  180_000,
);
