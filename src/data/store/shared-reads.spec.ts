import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, it } from '@jest/globals';

import { SharedReads } from './shared-reads.js';

/** A store whose value changes, and whose answers come when the test says so. */
class Slow {
  value = 0;
  readonly open: (() => void)[] = [];
  readonly reads = new SharedReads(
    (_key) =>
      new Promise<number>((resolve, reject) => {
        const { value } = this;
        this.open.push(() => {
          if (value < 0) reject(new Error('away'));
          else resolve(value);
        });
      }),
  );

  async answer(): Promise<void> {
    await turn();
    this.open.shift()?.();
    for (let turns = 0; turns < 4; turns++) await turn(); // the next question waits for two
  }
}

describe('shared reads', () => {
  it('of one turn are one question', async () => {
    const slow = new Slow();
    const all = Promise.all([slow.reads.read('a'), slow.reads.read('a'), slow.reads.read('b')]);
    await turn();
    expect(slow.open.length).toBe(2);
    await slow.answer();
    await slow.answer();
    expect(await all).toEqual([0, 0, 0]);
  });

  it('that come while a question is under way never get its answer', async () => {
    const slow = new Slow();
    const early = slow.reads.read('a');
    await turn();
    slow.value = 1; // acknowledged before the next reads come
    const late = [slow.reads.read('a'), slow.reads.read('a')];
    await slow.answer();
    expect(slow.open.length).toBe(1);
    await slow.answer();
    expect(await Promise.all([early, ...late])).toEqual([0, 1, 1]);
  });

  it('do not wait long for a question without an answer, and share its failure with nobody else', async () => {
    const slow = new Slow();
    slow.value = -1;
    const lost = slow.reads.read('a').catch((error: unknown) => String(error));
    await turn();
    slow.value = 2;
    const late = slow.reads.read('a');
    await sleep(60);
    expect(slow.open.length).toBe(2);
    slow.open[1]?.();
    expect(await late).toBe(2);
    slow.open[0]?.();
    expect(await lost).toBe('Error: away');
    const after = slow.reads.read('a');
    await turn();
    slow.open[2]?.();
    expect(await after).toBe(2);
  });
});
