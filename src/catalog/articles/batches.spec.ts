import { describe, expect, it } from '@jest/globals';

import { Batches } from './batches.js';

describe('batches', () => {
  it('are as large as they may be, in order, and the rest follows after its time', async () => {
    const seen: number[][] = [];
    const batches = new Batches<number>(
      (items) => {
        seen.push([...items]);
        return Promise.resolve();
      },
      3,
      10,
    );
    await Promise.all([1, 2, 3, 4, 5, 6, 7].map((item) => batches.add(item)));
    expect(seen).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
  });

  it('tell everybody whose batch failed, and go on', async () => {
    let calls = 0;
    const batches = new Batches<number>(
      () => (++calls === 1 ? Promise.reject(new Error('no')) : Promise.resolve()),
      2,
      10,
    );
    const first = await Promise.allSettled([batches.add(1), batches.add(2)]);
    expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await batches.add(3);
    expect(calls).toBe(2);
  });
});
