import { labelling, ticksOf } from './axis.js';
import { channelScale, encodedScale } from './channel-scale.js';
import { legendOf } from './color.js';
import { some } from './counts.js';
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
  if (channel === undefined || chosen.length === 0)
    return plainSize(plainArea(chosen.length, look));
  const { label } = channel;
  const values = channelScale(channel, chosen);
  const range = chosen.length <= 1_000 ? ([16, 420] as const) : ([6, 240] as const);
  const ticks = ticksOf(values.domain, values.scale, 3);
  return {
    encoding: {
      condition: {
        test: 'isValid(datum.d)',
        field: 'd',
        type: 'quantitative',
        title: label,
        scale: { ...encodedScale(values), range },
        legend: legendOf(look, {
          ...(ticks === null ? {} : labelling(ticks)),
          symbolType: 'circle',
          symbolOpacity: 0.6,
        }),
      },
      value: range[0],
    },
    notes: some(values.missing, `smallest, without ${label}`),
    largest: range[1],
    value: (row) => values.value(row),
    area: (row) => {
      const value = values.value(row);
      return value === null ? range[0] : range[0] + values.share(value) * (range[1] - range[0]);
    },
  };
}

const plainSize = (area: number): Size => ({
  encoding: { value: area },
  notes: [],
  largest: area,
  value: () => null,
  area: () => area,
});
