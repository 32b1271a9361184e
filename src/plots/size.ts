import { labelling, ticksOf } from './axis.js';
import { channelScale, encodedScale } from './channel-scale.js';
import { legendOf } from './color.js';
import { some } from './counts.js';
import type { ValueChannel } from './channels.js';
import type { Look } from './picture.js';
import type { Layer } from './plan.js';

/** The size of points, decided. Areas in square CSS pixels, as Vega counts them. */
export interface Size {
  readonly encoding: Layer;
  readonly notes: readonly string[];
  readonly largest: number;
  /** The value of a row in the field `d` of Vega's data. */
  value(row: number): number | null;
  /** By chosen row, or one for all. */
  areas(): Float32Array | number;
}

/** How much room a picture has beside the usual one. */
const roomOf = ({ width, height }: Look): number =>
  Math.max(0.35, Math.min(2, (width * height) / (960 * 540)));

/** The area of points without a size of their own: the more in a picture, the smaller. */
export function plainArea(points: number, look: Look): number {
  const room = roomOf(look);
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

/** Areas of the least and the greatest value: many points have to be small, or hide one another. */
function areaRange(points: number, look: Look): readonly [number, number] {
  const room = roomOf(look);
  if (points <= 300) return [16 * room, 420 * room];
  if (points <= 5_000) return [10 * room, 200 * room];
  return points <= 60_000 ? [2 * room, 40 * room] : [1 * room, 14 * room];
}

export function sizeOf(channel: ValueChannel | undefined, chosen: Int32Array, look: Look): Size {
  if (channel === undefined || chosen.length === 0)
    return plainSize(plainArea(chosen.length, look));
  const { label } = channel;
  const values = channelScale(channel, chosen);
  const range = areaRange(chosen.length, look);
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
    areas: () => {
      const shares = values.shares();
      const areas = new Float32Array(shares.length);
      for (let i = 0; i < shares.length; i += 1) {
        const share = shares[i] ?? NaN;
        areas[i] = range[0] + (Number.isNaN(share) ? 0 : share) * (range[1] - range[0]);
      }
      return areas;
    },
  };
}

const plainSize = (area: number): Size => ({
  encoding: { value: area },
  notes: [],
  largest: area,
  value: () => null,
  areas: () => area,
});
