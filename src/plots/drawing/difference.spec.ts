import { describe, expect, it } from '@jest/globals';

import {
  differenceOf,
  pixelsOfPng,
  pixelsOfSpec,
} from '../../../test/factories/picture-difference.js';
import { seededRandom } from '../../../test/factories/seeded-random.js';
import { drawPlot } from '../draw-plot.js';
import { parseLineStyle } from '../line-style.js';
import { projections, type Projection, type ScaleType, type ThemeName } from '../choices.js';
import type { ColorChannel } from '../channels.js';
import type { AxisRequest, Look, MapPicture, Picture, Rule } from '../picture.js';

const look: Look = {
  title: 'Title',
  theme: 'light',
  legend: 'right',
  width: 480,
  height: 320,
  scale: 2,
};
const task = {
  dataset: {
    name: 'sample',
    title: 'Sample',
    version: '1.1',
    schema: { columns: [], key: '_row', time: null, position: null },
  },
  progress: () => undefined,
};
const random = seededRandom(5);
const numbers = (value: (r: number) => number, length = 1_000): Float64Array =>
  Float64Array.from({ length }, () => value(random()));
const axis = (scale: ScaleType): AxisRequest => ({ label: scale, scale });
const valuesOn = (scale: ScaleType): Float64Array =>
  numbers((r) => (scale === 'log' ? 10 ** (4 * r) : scale === 'time' ? 1.6e12 + 1e11 * r : 9 * r));

const colors: Record<string, ColorChannel | undefined> = {
  none: undefined,
  numbers: { kind: 'number', label: 'c', scale: 'log', values: numbers((r) => r - 0.1) },
  times: { kind: 'time', label: 't', scale: 'linear', values: numbers((r) => 1e12 * r) },
  categories: {
    kind: 'text',
    label: 'k',
    codes: Int32Array.from({ length: 1_000 }, () => Math.floor(random() * 9) - 1),
    dictionary: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'],
  },
};

function scatter(x: ScaleType, y: ScaleType, color: string, theme: ThemeName = 'light'): Picture {
  const size = {
    kind: 'number',
    label: 's',
    scale: 'linear',
    values: numbers((r) => (r < 0.1 ? NaN : r)),
  } as const;
  const channel = colors[color];
  return {
    kind: 'scatter',
    counted: 'row',
    look: { ...look, theme },
    x: axis(x),
    y: axis(y),
    xs: valuesOn(x),
    ys: valuesOn(y),
    points: { style: 'points', size, ...(channel === undefined ? {} : { color: channel }) },
  };
}

function line(styles: string, y: ScaleType, limits: Partial<AxisRequest> = {}): Picture {
  const xs = Float64Array.from({ length: 200 }, (_, i) => i);
  const walk = (): Float64Array => {
    let at = 5;
    return xs.map((x) => (x % 37 === 5 ? NaN : (at = Math.max(0.5, at + random() - 0.5))));
  };
  return {
    kind: 'line',
    counted: 'row',
    look,
    x: axis('linear'),
    y: { ...axis(y), ...limits },
    forms: styles.split(',').map((style) => parseLineStyle(style) ?? { form: 'line' }),
    seriesLabel: 'series',
    series: ['one', 'two'].map((name) => ({ name, x: xs, y: walk() })),
  };
}

const map = (projection: Projection, window?: [number, number, number, number]): MapPicture => ({
  kind: 'map',
  look,
  projection,
  ...(window === undefined
    ? {}
    : { window: { west: window[0], east: window[1], south: window[2], north: window[3] } }),
  longitudes: numbers((r) => r * 360 - 180),
  latitudes: numbers((r) => r * 180 - 90),
  points: {
    style: 'points',
    color: { kind: 'number', label: 'c', scale: 'linear', values: numbers((r) => r) },
  },
});

/** Five points, each with its text. */
const labelled = (picture: MapPicture): MapPicture => ({
  ...picture,
  longitudes: Float64Array.of(82.1, 83, 83.05, 83.9, 84),
  latitudes: Float64Array.of(16.5, 17, 17.02, 17.9, 16),
  points: {
    style: 'points',
    labels: { codes: Int32Array.of(0, 1, 2, 1, -1), dictionary: ['stony', 'iron', 'stony-iron'] },
  },
});

const rules: readonly Rule[] = [
  { axis: 'y', value: 4, label: 'threshold' },
  { axis: 'y', value: 10, label: 'limit' },
  { axis: 'x', value: 5 },
];

const cases: [string, Picture][] = [
  ['scatter without colour', scatter('linear', 'linear', 'none')],
  ['scatter on a logarithm', scatter('linear', 'log', 'numbers')],
  ['scatter over time', scatter('time', 'log', 'times')],
  ['scatter of categories, dark', scatter('log', 'linear', 'categories', 'dark')],
  ['line', line('line', 'linear')],
  ['line on a logarithm, cut off by its axis', line('line', 'log', { min: 3, max: 8 })],
  ['steps', line('step', 'linear')],
  ['line with its points', line('points', 'linear')],
  ['line by style strings', line('r-s,g--', 'linear')],
  ['line with thresholds', { ...line('line', 'linear'), rules } as Picture],
  ['scatter with thresholds', { ...scatter('linear', 'linear', 'none'), rules } as Picture],
  ['dots without a line', line('bo,k:', 'linear')],
  ...projections.map((name): [string, Picture] => [`map in ${name}`, map(name)]),
  ['map of Europe', map('mercator', [-12, 40, 35, 70])],
  ['map across the 180th meridian', map('equirectangular', [150, 215, -50, 20])],
  ['globe across it', map('orthographic', [150, 215, -50, 20])],
  ['map with a track', { ...map('naturalEarth1'), track: true }],
  [
    'map of another world, labelled',
    { ...labelled(map('mercator', [82, 84, 16, 18])), bare: true },
  ],
  ['map of the north', map('equalEarth', [-150, 100, 30, 80])],
];

/** The same picture by Vega alone: compiled and laid out without our frame cache, its own marks, its own canvas. */
describe('the fast drawing', () => {
  it.each(cases)('of a %s is hardly off from plain Vega', async (_, picture) => {
    const results = await drawPlot(picture, { ...task, wanted: ['plot.png', 'spec.json'] });
    const spec = JSON.parse(Buffer.from(results['spec.json']?.bytes ?? []).toString()) as object;
    const ours = await pixelsOfPng(results['plot.png']?.bytes);
    const plain = await pixelsOfSpec(spec, look.scale);
    const { largest, far } = differenceOf(ours, plain);
    // Skia's edges of circles are up to 60 of 255 off the true coverage, which the discs of a raster have.
    expect(largest).toBeLessThanOrEqual(
      { line: 32, map: 48, scatter: 84 }[picture.kind as string] ?? 0,
    );
    expect(far).toBeLessThan(picture.kind === 'line' ? 1e-4 : 0.004);
  });
});
