import { describe, expect, it } from '@jest/globals';

import { persist } from './persist.js';

/** Fails so many times, then works. */
function flaky(failures: number, error: Error) {
  let calls = 0;
  return {
    write: () => (++calls > failures ? Promise.resolve('kept') : Promise.reject(error)),
    calls: () => calls,
  };
}

describe('keeping what must not be lost', () => {
  it('tries again while Redis is away', async () => {
    const { write, calls } = flaky(2, new Error('Connection is closed.'));
    await expect(persist(write)).resolves.toBe('kept');
    expect(calls()).toBe(3);
  });

  it('does not repeat what fails for another reason', async () => {
    const { write, calls } = flaky(1, new Error('WRONGTYPE'));
    await expect(persist(write)).rejects.toThrow('WRONGTYPE');
    expect(calls()).toBe(1);
  });

  it('gives up when it is told to stop', async () => {
    const { write, calls } = flaky(5, new Error('Connection is closed.'));
    await expect(persist(write, AbortSignal.abort())).rejects.toThrow('closed');
    expect(calls()).toBe(1);
  });
});
