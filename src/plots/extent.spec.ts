import { describe, expect, it } from '@jest/globals';

import { axisDomain, extentOf, openDomain } from './extent.js';

describe('the extent of columns', () => {
  it('leaves out missing and infinite values, and on a logarithm what is not above 0', () => {
    const columns = [Float64Array.of(NaN, 5, -2, Infinity), Float64Array.of(0, 3, -Infinity)];
    expect(extentOf(columns, 'linear')).toEqual([-2, 5]);
    expect(extentOf(columns, 'log')).toEqual([3, 5]);
    expect(extentOf([Float64Array.of(NaN)], 'linear')).toBeNull();
  });
});

describe('the domain of an axis', () => {
  it('has room around a single value', () => {
    expect(openDomain([0, 0], 'linear')).toEqual([-1, 1]);
    expect(openDomain([8, 8], 'log')).toEqual([4, 16]);
  });

  it('keeps the requested ends and rounds the others', () => {
    expect(axisDomain([3, 97], 'linear', { min: 2.5 }, 10)).toEqual([2.5, 100]);
    expect(axisDomain([3, 97], 'linear', { min: 2.5, max: 50.5 }, 10)).toEqual([2.5, 50.5]);
  });

  it('exists where a requested end lies beyond all values', () => {
    expect(axisDomain([3, 97], 'linear', { min: 200 }, 10)).toEqual([200, 400]);
    expect(axisDomain([3, 97], 'log', { max: 1 }, 10)).toEqual([0.1, 1]);
  });

  it('is finite for the largest doubles', () => {
    const [low, high] = axisDomain([-1.7e308, 1.7e308], 'linear', {}, 10);
    expect(Number.isFinite(high - low)).toBe(true);
  });
});
