import { describe, expect, it } from '@jest/globals';

import { backoff, HandedBack } from './backoff.js';

describe('the pause before another run', () => {
  it('doubles with each, up to half a minute', () => {
    const pauses = [1, 2, 3, 7, 100].map((attempt) => backoff(attempt, new Error('x')));
    expect(pauses).toEqual([500, 1000, 2000, 30_000, 30_000]);
  });

  it('is none after a hand-back', () => {
    expect(backoff(5, new HandedBack())).toBe(0);
  });
});
