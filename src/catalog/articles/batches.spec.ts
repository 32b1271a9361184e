import { setTimeout as sleep } from 'node:timers/promises';

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
      { items: 3, pause: 10, longest: 1_000 },
    );
    await Promise.all([1, 2, 3, 4, 5, 6, 7].map((item) => batches.add(item)));
    expect(seen).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
  });

  it('wait while items follow each other, but not for ever', async () => {
    const seen: number[] = [];
    const limits = { items: 1_000, pause: 400, longest: 600 };
    const batches = new Batches<number>(
      (items) => Promise.resolve(void seen.push(items.length)),
      limits,
    );
    const begin = performance.now();
    const done: Promise<void>[] = [];
    while (seen.length === 0) {
      done.push(batches.add(0));
      await sleep(20);
    }
    expect(performance.now() - begin).toBeGreaterThan(550);
    expect(seen[0]).toBeGreaterThan(2);
    await Promise.all(done);
    expect(seen.reduce((sum, length) => sum + length, 0)).toBe(done.length);
  });

  it('tell everybody whose batch failed, and go on', async () => {
    let calls = 0;
    const batches = new Batches<number>(
      () => (++calls === 1 ? Promise.reject(new Error('no')) : Promise.resolve()),
      { items: 2, pause: 10, longest: 1_000 },
    );
    const first = await Promise.allSettled([batches.add(1), batches.add(2)]);
    expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await batches.add(3);
    expect(calls).toBe(2);
  });
});
