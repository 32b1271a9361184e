import { labelling, ticksOf } from './axis.js';
import { legendOf } from './color.js';
import { some } from './counts.js';
import { extentOf, isDrawable, openDomain } from './extent.js';
import type { Look, ValueChannel } from './picture.js';
import type { Layer } from './plan.js';

/** The size of points, decided. Areas in square CSS pixels, as Vega counts them. */
export interface Size {
  readonly encoding: Layer;
  readonly notes: readonly string[];
  readonly largest: number;
  /** The value of a row in the field `d` of Vega's data. */
  value(row: number): number | null;
  area(row: number): number;
}

/** The area of points without a size of their own: the more in a picture, the smaller. */
export function plainArea(points: number, { width, height }: Look): number {
  const room = Math.max(0.35, Math.min(2, (width * height) / (960 * 540)));
  if (points <= 300) return 50 * Math.sqrt(room);
  if (points <= 5_000) return 22 * room;
  return points <= 60_000 ? 9 * room : 5 * room;
}

/** Enough to see one point, little enough to see that there are many. */
export function opacityOf(points: number): number {
  if (points <= 300) return 0.85;
  if (points <= 5_000) return 0.65;
  return points <= 60_000 ? 0.5 : 0.35;
}

export function sizeOf(channel: ValueChannel | undefined, chosen: Int32Array, look: Look): Size {
  if (channel === undefined || chosen.length === 0) {
    const area = plainArea(chosen.length, look);
    return {
      encoding: { value: area },
      notes: [],
      largest: area,
      value: () => null,
      area: () => area,
    };
  }
  const { label, scale, values } = channel;
  const present = Float64Array.from(chosen, (row) => values[row] ?? NaN);
  const domain = openDomain(extentOf([present], scale), scale);
  const drawable = present.filter((value) => isDrawable(value, scale)).length;
  const range = chosen.length <= 1_000 ? ([16, 420] as const) : ([6, 240] as const);
  const ticks = ticksOf(domain, scale, 3);
  const shape = (value: number): number => (scale === 'log' ? Math.log(value) : value);
  const start = shape(domain[0]);
  const factor = (range[1] - range[0]) / (shape(domain[1]) - start);
  return {
    encoding: {
      condition: {
        test: 'isValid(datum.d)',
        field: 'd',
        type: 'quantitative',
        title: label,
        scale: {
          type: scale,
          domain,
          range,
          nice: false,
          ...(scale === 'linear' ? { zero: false } : {}),
        },
        legend: legendOf(look, {
          ...(ticks === null ? {} : labelling(ticks)),
          symbolType: 'circle',
          symbolOpacity: 0.6,
        }),
      },
      value: range[0],
    },
    notes: some(chosen.length - drawable, `smallest, without ${label}`),
    largest: range[1],
    value: (row) => {
      const value = values[row] ?? NaN;
      return isDrawable(value, scale) ? value : null;
    },
    area: (row) => {
      const value = values[row] ?? NaN;
      return isDrawable(value, scale) ? range[0] + (shape(value) - start) * factor : range[0];
    },
  };
}
