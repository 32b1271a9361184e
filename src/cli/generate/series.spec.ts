import { describe, expect, it } from '@jest/globals';

import { seriesRows, type SeriesPlan } from './series.js';

const plan: SeriesPlan = { rows: 2000, series: 2, seed: 7, start: 0, every: 3_600_000, gaps: 0.1 };
const rowsOf = (changes: Partial<SeriesPlan> = {}) => [...seriesRows({ ...plan, ...changes })];

describe('synthetic series', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(rowsOf()).toEqual(rowsOf());
    expect(rowsOf({ seed: 8 })).not.toEqual(rowsOf());
  });

  it('have a row a step, as many columns and about as many gaps as asked for', () => {
    const rows = rowsOf();
    expect(rows).toHaveLength(2000);
    expect(rows[1]?.time).toBe('1970-01-01T01:00:00.000Z');
    const values = rows.flatMap((row) => row.values);
    expect(values).toHaveLength(4000);
    // 4,000 draws of 0.1: 400, standard deviation 19
    const gaps = values.filter((value) => value === null).length;
    expect(gaps).toBeGreaterThan(300);
    expect(gaps).toBeLessThan(500);
  });

  it('remember: neighbours are alike', () => {
    const values = rowsOf({ gaps: 0 }).map((row) => row.values[0] ?? NaN);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const at = (lag: number): number =>
      values
        .slice(lag)
        .reduce((sum, value, i) => sum + (value - mean) * ((values[i] ?? 0) - mean), 0);
    expect(at(1) / at(0)).toBeGreaterThan(0.5);
  });
});
