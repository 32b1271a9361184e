import { describe, expect, it } from '@jest/globals';

import type { HistogramPicture, LinePicture, Look, ScatterPicture } from '../picture.js';
import { planOf } from '../plan-of.js';
import { facetPanels } from './facet-panels.js';

const look: Look = {
  ...{ title: 'By kind', theme: 'light', legend: 'right' },
  ...{ width: 800, height: 450, scale: 1 },
};
const facets = { label: 'kind', names: ['one', 'two', 'three'], distinct: 3 };

const scatter = (values: readonly number[], names: readonly string[]): ScatterPicture => ({
  kind: 'scatter',
  counted: 'row',
  look,
  x: { label: 'x', scale: 'linear' },
  y: { label: 'y', scale: 'log' },
  xs: Float64Array.from(values),
  ys: Float64Array.from(values),
  points: {
    style: 'points',
    color: {
      kind: 'text',
      label: 'c',
      codes: Int32Array.from(names.keys()),
      dictionary: names,
    },
    size: { kind: 'number', label: 's', scale: 'linear', values: Float64Array.from(values) },
  },
});

describe('small multiples', () => {
  const { pictures, columns, legendAt } = facetPanels(
    { facets, notes: [] },
    [scatter([1, 2], ['a', 'b']), scatter([30, 90], ['b', 'c']), scatter([], [])],
    look,
  );
  const panels = pictures as readonly ScatterPicture[];

  it('have the same axes, with titles at the outer sides', () => {
    expect(panels.map(({ x }) => [x.min, x.max])).toEqual(Array(3).fill([1, 90]));
    expect(panels.map(({ y }) => [y.min, y.max])).toEqual(Array(3).fill([1, 100]));
    expect(panels.map(({ look: { untitled } }) => [untitled?.x, untitled?.y])).toEqual([
      [false, false],
      [false, true],
      [false, true],
    ]);
  });

  it('have the same colours and sizes, the most frequent category first, and one legend', () => {
    const [first, second] = panels;
    expect(first?.points.color).toMatchObject({
      dictionary: ['a', 'b', 'c'],
      codes: Int32Array.of(0, 1),
      ranking: { codes: [1, 0, 2], missing: false },
    });
    expect(second?.points.color).toMatchObject({ codes: Int32Array.of(1, 2) });
    expect(panels.map(({ points }) => points.size?.extent)).toEqual(Array(3).fill([1, 90]));
    expect([columns, legendAt]).toEqual([3, 2]);
    expect(panels.map((one) => one.look.legend)).toEqual(['none', 'none', 'right']);
  });

  it('have the same ticks, however low the bars of one are', () => {
    const histogram = (rows: number): HistogramPicture => ({
      kind: 'histogram',
      look,
      x: { label: 'x', scale: 'linear' },
      y: { label: 'rows', scale: 'linear' },
      bins: [{ from: 0, to: 1, count: rows }],
      left: { missing: 0, notPositive: 0, outside: 0 },
    });
    const made = facetPanels({ facets, notes: [] }, [histogram(1), histogram(90)], look);
    const ticks = made.pictures.map(
      (one) => planOf(one).layers[0] as { encoding: { y: { axis: { values: number[] } } } },
    );
    const [low, high] = ticks.map(({ encoding }) => encoding.y.axis.values);
    expect(low).toEqual(high);
    expect(low?.length).toBeGreaterThan(3);
  });

  it('have the same lines', () => {
    const line = (...names: string[]): LinePicture => ({
      kind: 'line',
      counted: 'row',
      look,
      x: { label: 'x', scale: 'linear' },
      y: { label: 'y', scale: 'linear' },
      forms: [{ form: 'line' }],
      seriesLabel: 's',
      series: names.map((name) => ({ name, x: Float64Array.of(1, 2), y: Float64Array.of(3, 4) })),
    });
    const made = facetPanels({ facets, notes: [] }, [line('b'), line('a', 'b')], look);
    expect(made.pictures.map((one) => (one as LinePicture).series.map(({ name }) => name))).toEqual(
      [
        ['b', 'a'],
        ['b', 'a'],
      ],
    );
  });
});
