import { describe, expect, it } from '@jest/globals';

import { linearTicks, logTicks, roundDomain, roundLogDomain, roundStep } from './ticks.js';

describe('round steps', () => {
  it.each([
    [10, 10, 1],
    [97, 10, 10],
    [45, 10, 5],
    [1, 5, 0.2],
    [3e-9, 3, 1e-9],
  ])('divide %d into about %d parts by %d', (span, parts, step) => {
    expect(roundStep(span, parts)).toBe(step);
  });
});

describe('linear ticks', () => {
  it('have no dust of binary fractions', () => {
    expect(linearTicks([0, 0.5], 5)).toEqual({
      values: [0, 0.1, 0.2, 0.3, 0.4, 0.5],
      labels: ['0', '0.1', '0.2', '0.3', '0.4', '0.5'],
    });
  });

  it('write years without a comma, and larger numbers with it', () => {
    expect(linearTicks([1800, 2000], 4).labels).toEqual(['1800', '1850', '1900', '1950', '2000']);
    expect(linearTicks([0, 20_000], 2).labels).toEqual(['0', '10,000', '20,000']);
  });

  it('write very large and very small numbers as powers of ten', () => {
    expect(linearTicks([-5e7, 5e7], 2).labels).toEqual(['−5×10⁷', '0', '5×10⁷']);
    expect(linearTicks([0, 2e-9], 2).labels).toEqual(['0', '10⁻⁹', '2×10⁻⁹']);
  });

  it('keep all digits of close numbers far from zero', () => {
    expect(linearTicks([1e12, 1e12 + 20], 2).labels).toEqual([
      '1,000,000,000,000',
      '1,000,000,000,010',
      '1,000,000,000,020',
    ]);
  });
});

describe('logarithmic ticks', () => {
  it('are decades, all in one way of writing', () => {
    expect(logTicks([1, 1000], 10).labels).toEqual(['1', '10', '100', '1000']);
    expect(logTicks([0.01, 1e7], 5)).toEqual({
      values: [0.01, 1, 100, 10_000, 1e6],
      labels: ['10⁻²', '10⁰', '10²', '10⁴', '10⁶'],
    });
  });

  it('have 1, 2 and 5 in between where decades are few', () => {
    expect(logTicks([1, 60], 8).values).toEqual([1, 2, 5, 10, 20, 50]);
  });

  it('reach over the whole range of a double', () => {
    expect(logTicks([1e-300, 1e300], 6).values.length).toBeLessThanOrEqual(7);
  });
});

describe('round domains', () => {
  it('hold what they are made from', () => {
    expect(roundDomain([3, 97], 10)).toEqual([0, 100]);
    expect(roundDomain([-0.25, 0.31], 6)).toEqual([-0.3, 0.4]);
    expect(roundDomain([1e12, 1e12 + 100], 5)).toEqual([1e12, 1e12 + 100]);
    expect(roundLogDomain([0.03, 6e7])).toEqual([0.01, 1e8]);
    expect(roundLogDomain([3, 180])).toEqual([2, 200]);
  });
});
