import { describe, expect, it } from '@jest/globals';

import { densityOf, densityRaster } from './density.js';

describe('a density', () => {
  const xs = Float64Array.of(0, 0.5, 4, NaN, -1, 2);
  const ys = Float64Array.of(0, 0.5, 4, 1, 1, 3);

  it('counts every point in one cell, those on the far ends too', () => {
    const { counts, largest, columns } = densityOf({ width: 4, height: 4 }, xs, ys, 2);
    expect(columns).toBe(2);
    expect([...counts]).toEqual([2, 0, 0, 2]);
    expect(largest).toBe(2);
  });

  it('colours cells by count and leaves empty ones clear', () => {
    const density = densityOf({ width: 4, height: 4 }, xs, ys, 2);
    const { pixels, width } = densityRaster(
      density,
      { width: 4, height: 4, scale: 1, left: 0, top: 0 },
      () => '#010203',
    );
    expect(width).toBe(4);
    expect(pixels[0]).toBe(0xff030201);
    expect(pixels[3]).toBe(0);
  });
});
