import { describe, expect, it } from '@jest/globals';

import { hemisphere } from './hemisphere.js';

describe('the hemisphere', () => {
  it.each([
    [35, 70, 'Northern & Eastern'],
    [35, -70, 'Northern & Western'],
    [-35, 70, 'Southern & Eastern'],
    [-35, -70, 'Southern & Western'],
    [0, 0, 'Southern & Western'],
  ])('of %d, %d is %s', (latitude, longitude, expected) => {
    expect(hemisphere(latitude, longitude)).toBe(expected);
  });
});
