import { describe, expect, it } from '@jest/globals';

import { axisOf } from './axis.js';

describe('an axis of times', () => {
  const noon = Date.UTC(2025, 1, 26, 12);
  const hours = (count: number) => [Float64Array.of(noon, noon + count * 3_600_000)];
  const request = { label: 'time', scale: 'time' } as const;

  it('names the day where all are of one', () => {
    expect(axisOf(request, hours(6), 10).label).toBe('time, Feb 26, 2025 (UTC)');
    expect(axisOf(request, hours(30), 10).label).toBe('time');
  });

  it('leaves the label of the caller as it is, and an axis without data', () => {
    expect(axisOf({ ...request, labelGiven: true }, hours(6), 10).label).toBe('time');
    expect(axisOf(request, [Float64Array.of(NaN)], 10).label).toBe('time');
  });

  it('adds nothing to numbers', () => {
    expect(axisOf({ label: 'mass (g)', scale: 'linear' }, hours(6), 10).label).toBe('mass (g)');
  });
});
