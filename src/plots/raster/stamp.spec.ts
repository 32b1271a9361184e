import { describe, expect, it } from '@jest/globals';

import { drawPlan } from '../draw-plan.js';
import { mapPlan } from '../map.plan.js';
import type { Points } from '../channels.js';
import type { Look } from '../picture.js';
import type { Plan } from '../plan.js';
import { scatterPlan } from '../scatter.plan.js';
import {
  differenceOf,
  pixelsOfPng,
  type Difference,
} from '../../../test/factories/picture-difference.js';
import { seededRandom } from '../../../test/factories/seeded-random.js';
import { stamp } from './stamp.js';

const look: Look = {
  title: 't',
  theme: 'light',
  legend: 'right',
  width: 480,
  height: 320,
  scale: 2,
};

async function pixels(plan: Plan): Promise<Buffer> {
  const same = { ...plan, notes: [] };
  const results = await drawPlan({ look, plan: same, footer: '', progress: () => undefined });
  return pixelsOfPng(results['plot.png']?.bytes);
}

/** Skia's edges of small circles are up to 60 of 255 off the true coverage, which stamps have. */
function expectAlike({ largest, far }: Difference): void {
  expect(largest).toBeLessThanOrEqual(80);
  expect(far).toBeLessThan(0.004);
}

const random = seededRandom(5);
const numbers = (scale: (r: number) => number): Float64Array =>
  Float64Array.from({ length: 1_000 }, () => scale(random()));
const value = (label: string, values: Float64Array) =>
  ({ kind: 'number', label, scale: 'log', values }) as const;
const points: Points = {
  style: 'auto',
  color: value(
    'c',
    numbers((r) => 10 ** (5 * r)),
  ),
  size: value(
    'd',
    numbers((r) => 10 ** (3 * r)),
  ),
};

describe('a raster of stamped points', () => {
  it('looks like the marks of Vega on axes', async () => {
    const picture = {
      kind: 'scatter',
      counted: 'row',
      look,
      x: { label: 'x', scale: 'linear' },
      y: { label: 'y', scale: 'log' },
      xs: numbers((r) => r * 100),
      ys: numbers((r) => 10 ** (4 * r)),
      points,
    } as const;
    const marks = await pixels(
      scatterPlan(picture, { drawn: 5_000, marks: 5_000, points: 200_000 }),
    );
    const raster = await pixels(scatterPlan(picture, { drawn: 0, marks: 0, points: 200_000 }));
    expectAlike(differenceOf(marks, raster));
  });

  it('looks like the marks of Vega on a map', async () => {
    const picture = {
      kind: 'map',
      look,
      projection: 'equalEarth',
      longitudes: numbers((r) => r * 360 - 180),
      latitudes: numbers((r) => r * 180 - 90),
      points: {
        style: 'auto',
        color: value(
          'c',
          numbers((r) => r - 0.1),
        ),
      },
    } as const;
    const marks = await pixels(mapPlan(picture, { drawn: 5_000, marks: 5_000, points: 200_000 }));
    const raster = await pixels(mapPlan(picture, { drawn: 0, marks: 0, points: 200_000 }));
    expectAlike(differenceOf(marks, raster));
  });

  it('draws later rows over earlier ones and leaves out what has no place', () => {
    const raster = stamp(
      { width: 20, height: 20, scale: 1, left: 3, top: 2 },
      {
        xs: Float64Array.of(10, 10, NaN, 500),
        ys: Float64Array.of(10, 10, 5, 5),
        colors: ['#ff0000', '#0000ff'],
        color: Uint16Array.of(0, 1, 0, 0),
        area: 64,
        largest: 64,
        opacity: 1,
        clip: false,
      },
    );
    const at = (x: number, y: number): number =>
      raster.pixels[(y - raster.top) * raster.width + x - raster.left] ?? 0;
    expect(at(13, 12)).toBe(0xffff0000);
    expect(at(8, 7)).toBe(0);
  });

  it('is what one circle after the other over the last gives, where hundreds lie upon each other', () => {
    const colors = ['#ff0000', '#00ff00', '#3355ff', '#ffffff'];
    const xs = Float64Array.from({ length: 5_000 }, () => 8 + 34 * random());
    const ys = Float64Array.from({ length: 5_000 }, () => 8 + 34 * random());
    const color = Uint16Array.from({ length: 5_000 }, () => Math.floor(4 * random()));
    const area = { width: 50, height: 50, scale: 2, left: 0, top: 0 };
    const base = { colors, area: 9, largest: 9, opacity: 0.35, clip: true };
    const all = stamp(area, { ...base, xs, ys, color }).pixels.slice();
    const plain = new Float64Array(4 * all.length);
    for (let i = 0; i < xs.length; i += 1) {
      const one = (list: Float64Array): Float64Array => list.subarray(i, i + 1);
      const points = { xs: one(xs), ys: one(ys), color: color.subarray(i, i + 1) };
      over(plain, stamp(area, { ...base, ...points }).pixels);
    }
    const bytes = new Uint8Array(all.buffer);
    const off = plain.map((value, i) => Math.abs(value - (bytes[i] ?? 0)));
    expect(Math.max(...off)).toBeLessThanOrEqual(6);
  });
});

/** Puts pixels whose colours are multiplied by their opacity over others, in numbers that are not rounded. */
function over(below: Float64Array, pixels: Uint32Array): void {
  for (const [i, pixel] of pixels.entries()) {
    if (pixel === 0) continue;
    const rest = 1 - (pixel >>> 24) / 255;
    for (let channel = 0; channel < 4; channel += 1) {
      const at = 4 * i + channel;
      below[at] = (below[at] ?? 0) * rest + ((pixel >>> (8 * channel)) & 255);
    }
  }
}
