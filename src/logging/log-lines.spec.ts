import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';

import { until } from '../../test/support/until.js';
import { LogLines } from './log-lines.js';

function log() {
  const writes: string[][] = [];
  const words = (text: string) => [...text.matchAll(/"msg":"(.*?)"/g)].map((match) => match[1]);
  const lines = new LogLines({
    write: (text) => void writes.push(words(text).map(String)),
  });
  return { lines, writes, pino: pino({ level: 'info' }, lines) };
}

describe('lines of a log', () => {
  it('are written at once where they come alone, and in one write where many come', async () => {
    const { writes, pino } = log();
    for (const word of ['one', 'two', 'three']) pino.info(word);
    expect(writes).toEqual([['one']]);
    await until(() => writes.length === 2);
    expect(writes).toEqual([['one'], ['two', 'three']]);
  });

  it('do not wait with a warning, and not beyond 64 KiB', () => {
    const { writes, pino } = log();
    for (const word of ['one', 'two']) pino.info(word);
    pino.child({ context: 'test' }).warn('three');
    expect(writes).toEqual([['one'], ['two', 'three']]);
    for (let i = 0; i < 1_000; i++) pino.info('x'.repeat(100));
    const counts = writes.slice(2).map(({ length }) => length);
    expect(counts).toEqual([expect.any(Number), expect.any(Number)]);
    expect(Math.max(...counts)).toBeLessThan(656);
  });

  it('are there when the process ends', () => {
    const { lines, writes, pino } = log();
    for (const word of ['one', 'two']) pino.info(word);
    lines.flushSync();
    lines.flushSync();
    expect(writes).toEqual([['one'], ['two']]);
  });
});
