import { describe, expect, it } from '@jest/globals';

import { timeSteps } from './time-steps.js';

const dates = (from: string, to: string, count: number): string[] =>
  timeSteps([Date.parse(from), Date.parse(to)], count).map((time) => new Date(time).toISOString());

describe('time steps', () => {
  it('are whole months for two years in 24 parts', () => {
    const edges = dates('2012-01-03', '2013-12-30', 24);
    expect(edges).toHaveLength(25);
    expect(edges[0]).toBe('2012-01-01T00:00:00.000Z');
    expect(edges[2]).toBe('2012-03-01T00:00:00.000Z');
    expect(edges.at(-1)).toBe('2014-01-01T00:00:00.000Z');
  });

  it('are whole decades for centuries, before the year 100 too', () => {
    expect(dates('0050-05-01', '0349-01-01', 30).slice(0, 2)).toEqual([
      '0050-01-01T00:00:00.000Z',
      '0060-01-01T00:00:00.000Z',
    ]);
  });

  it.each([
    ['2024-02-28T10:00:03Z', '2024-02-28T10:01:50Z', '2024-02-28T10:00:02.000Z'],
    ['2024-02-28T01:00:00Z', '2024-03-01T23:00:00Z', '2024-02-28T00:00:00.000Z'],
    ['2024-01-03T00:00:00Z', '2024-10-01T00:00:00Z', '2024-01-01T00:00:00.000Z'],
  ])('hold %s to %s', (from, to, first) => {
    const edges = dates(from, to, 40);
    expect(edges[0]).toBe(first);
    expect(Date.parse(edges.at(-1) ?? '')).toBeGreaterThanOrEqual(Date.parse(to));
    expect(edges.length).toBeGreaterThan(15);
    expect(edges.length).toBeLessThan(130);
  });
});
