import { describe, expect, it } from '@jest/globals';

import { untilStopped } from './until-stopped.js';

const never = new Promise<never>(() => undefined);

describe('work that a signal stops', () => {
  it('gives its result', async () => {
    await expect(untilStopped(Promise.resolve(7), new AbortController().signal)).resolves.toBe(7);
  });

  it('ends in its own error, when it stops in time', async () => {
    const controller = new AbortController();
    const work = new Promise((_resolve, reject) => {
      controller.signal.addEventListener('abort', () => {
        reject(new Error('interrupted'));
      });
    });
    const ended = expect(untilStopped(work, controller.signal)).rejects.toThrow('interrupted');
    controller.abort('cancelled');
    await ended;
  });

  it('is left behind when it does not stop', async () => {
    const controller = new AbortController();
    const ended = expect(untilStopped(never, controller.signal, 5)).rejects.toThrow('cancelled');
    controller.abort('cancelled');
    await ended;
  });

  it('is left behind when the signal fired before', async () => {
    const signal = AbortSignal.abort('timeout');
    await expect(untilStopped(never, signal, 5)).rejects.toThrow('timeout');
  });
});
