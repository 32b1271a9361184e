import { describe, expect, it } from '@jest/globals';

import { Problem } from '../../errors/problem.js';
import type { KeptLoad } from '../store/kept-load.js';
import type { KeptLoads } from '../store/kept-loads.js';
import { LoadKeeping } from './load-keeping.js';
import type { LoadsInUse } from './loads-in-use.js';

const DAYS: Readonly<Record<string, readonly string[]>> = {
  a: ['2024-01-05', '2024-01-04', '2024-01-01'],
  b: ['2024-01-03', '2024-01-02'],
};

function keeping(inUse: Readonly<Record<string, readonly number[]>> = {}) {
  const freed: string[] = [];
  const loads = (name: string): KeptLoad[] =>
    (DAYS[name] ?? [])
      .map((loaded, n) => ({ load: (DAYS[name]?.length ?? 0) - n, loaded }) as KeptLoad)
      .filter(({ load }) => !freed.includes(`${name}${String(load)}`));
  const kept = {
    list: (name: string) => Promise.resolve(loads(name)),
    datasets: () => Promise.resolve(Object.keys(DAYS)),
    free: (name: string, { load }: KeptLoad) => {
      freed.push(`${name}${String(load)}`);
      return Promise.resolve(true);
    },
  } as unknown as KeptLoads;
  const use = { of: (name: string) => Promise.resolve(new Set(inUse[name])) };
  return { freed, keeping: new LoadKeeping(kept, use as unknown as LoadsInUse, 2) };
}

describe('where Redis is full', () => {
  it('the oldest loads of all datasets make room, one by one', async () => {
    const { freed, keeping: keep } = keeping();
    const stored = await keep.withRoom(() => {
      if (freed.length < 2) return Promise.reject(new Problem('storage-full', 'full'));
      return Promise.resolve('stored');
    });
    expect(stored).toBe('stored');
    expect(freed).toEqual(['a1', 'b1']);
  });

  it('the current ones and those that jobs need never do', async () => {
    const { freed, keeping: keep } = keeping({ a: [1] });
    const full = new Problem('storage-full', 'full');
    await expect(keep.withRoom(() => Promise.reject(full))).rejects.toBe(full);
    expect(freed).toEqual(['b1', 'a2']);
  });

  it('any other failure is passed on', async () => {
    const { freed, keeping: keep } = keeping();
    await expect(keep.withRoom(() => Promise.reject(new Error('other')))).rejects.toThrow('other');
    expect(freed).toEqual([]);
  });
});

describe('trimming', () => {
  it('keeps the newest, and what jobs need', async () => {
    const one = keeping();
    await one.keeping.trimAll();
    expect(one.freed).toEqual(['a1']);
    const needed = keeping({ a: [1] });
    await needed.keeping.trimAll();
    expect(needed.freed).toEqual([]);
  });
});
