import { describe, expect, it } from '@jest/globals';

import { placeLabels } from './labels.js';

const place = (points: readonly (readonly [number, number, string | null])[]) =>
  placeLabels(
    {
      xs: Float64Array.from(points, ([x]) => x),
      ys: Float64Array.from(points, ([, y]) => y),
      texts: points.map(([, , text]) => text),
      radii: points.map(() => 4),
    },
    { width: 200, height: 100 },
    11,
  ).map(({ text, align, baseline }) => [text, align, baseline]);

describe('labels of points', () => {
  it('stand to the right, or to the left at the right edge', () => {
    expect(
      place([
        [20, 50, 'one'],
        [195, 50, 'two'],
        [100, 50, null],
      ]),
    ).toEqual([
      ['one', 'left', 'middle'],
      ['two', 'right', 'middle'],
    ]);
  });

  it('give way to other points and to each other, and are left out where there is no room', () => {
    expect(
      place([
        [100, 50, 'alpha'],
        [112, 50, 'beta'],
      ]),
    ).toEqual([
      ['alpha', 'right', 'middle'],
      ['beta', 'left', 'middle'],
    ]);
    const crowd = Array.from(
      { length: 30 },
      (_, i) => [100 + (i % 6), 50 + i / 6, 'crowd'] as const,
    );
    expect(place(crowd).length).toBeLessThan(6);
  });

  it('are cut where they are very long', () => {
    const [text] = placeLabels(
      { xs: Float64Array.of(5), ys: Float64Array.of(50), texts: ['x'.repeat(500)], radii: [4] },
      { width: 2_000, height: 100 },
      11,
    ).map((one) => one.text);
    expect(text).toHaveLength(61);
  });
});
