import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { m4 } from './m4.js';

/** First, last, lowest and highest of each column, by looking at every point of it. */
function bruteForce(x: number[], y: number[], column: (x: number) => number): Set<string> {
  const kept = new Set<string>();
  const columns = new Set(x.map(column));
  for (const one of columns) {
    const rows = x.flatMap((a, i) => {
      const b = y[i] ?? NaN;
      return column(a) === one && Number.isFinite(b) ? [[a, b] as const] : [];
    });
    const values = rows.map(([, b]) => b);
    const lowest = rows.find(([, b]) => b === Math.min(...values));
    const highest = rows.find(([, b]) => b === Math.max(...values));
    for (const row of [rows[0], rows.at(-1), lowest, highest]) {
      if (row !== undefined) kept.add(row.join());
    }
  }
  return kept;
}

describe('M4', () => {
  it('keeps first, last, lowest and highest of each pixel column, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.double({ min: 0, max: 100, noNaN: true }), fc.integer({ min: -5, max: 5 })),
          {
            minLength: 1,
            maxLength: 200,
          },
        ),
        (points) => {
          points.sort((a, b) => a[0] - b[0]);
          const x = points.map(([a]) => a);
          // Fives are missing.
          const y = points.map(([, b]) => (b === 5 ? NaN : b));
          const column = (value: number): number => Math.floor(value / 10);
          const line = m4(
            Float64Array.from(x),
            Float64Array.from(y),
            Float64Array.from(x, (a) => a / 10),
          );
          const kept = [...line.x].flatMap((a, i) =>
            Number.isFinite(line.y[i] ?? NaN) ? [`${a},${line.y[i] ?? 0}`] : [],
          );
          expect(new Set(kept)).toEqual(bruteForce(x, y, column));
          expect([...line.x]).toEqual([...line.x].sort((a, b) => a - b));
        },
      ),
      { seed: 7, numRuns: 200 },
    );
  });

  it('keeps gaps between columns, and drops those within one', () => {
    const x = Float64Array.of(0, 1, 2, 11, 12, 21, 31);
    const y = Float64Array.of(1, NaN, 2, 3, NaN, 4, 5);
    const line = m4(
      x,
      y,
      x.map((value) => value / 10),
    );
    expect([...line.y]).toEqual([1, 2, 3, NaN, 4, 5]);
  });

  it('reduces a long line to at most four points a column', () => {
    const x = Float64Array.from({ length: 100_000 }, (_, i) => i);
    const line = m4(
      x,
      x.map(Math.sin),
      x.map((value) => value / 1000),
    );
    expect(line.x.length).toBeGreaterThan(390);
    expect(line.x.length).toBeLessThanOrEqual(400);
  });
});
