import { extentOf, isDrawable, openDomain } from './extent.js';
import type { ScaleType, ValueChannel } from './picture.js';
import type { Domain } from './ticks.js';

/** The values of colour or size over the rows that are drawn, on their scale. */
export interface ChannelScale {
  readonly scale: ScaleType;
  readonly domain: Domain;
  /** Rows without a value that can be shown. */
  readonly missing: number;
  /** The value of a row, or null where it cannot be shown. */
  value(row: number): number | null;
  /** How far a value lies between the ends, 0 to 1. */
  share(value: number): number;
  /** The value that lies so far between the ends. */
  at(share: number): number;
}

export function channelScale(channel: ValueChannel, chosen: Int32Array): ChannelScale {
  const { values } = channel;
  const scale = channel.kind === 'time' ? 'time' : channel.scale;
  const present = Float64Array.from(chosen, (row) => values[row] ?? NaN);
  const domain = openDomain(extentOf([present], scale), scale);
  const log = scale === 'log';
  const [start, end] = log ? [Math.log(domain[0]), Math.log(domain[1])] : domain;
  const span = end - start;
  return {
    scale,
    domain,
    missing: present.filter((value) => !isDrawable(value, scale)).length,
    value: (row) => {
      const value = values[row] ?? NaN;
      return isDrawable(value, scale) ? value : null;
    },
    share: (value) => ((log ? Math.log(value) : value) - start) / span,
    at: (share) => (log ? Math.exp(start + span * share) : start + span * share),
  };
}

/** The scale of the encoding in Vega-Lite, but for its range. */
export const encodedScale = ({ scale, domain }: ChannelScale): Record<string, unknown> => ({
  type: scale === 'time' ? 'utc' : scale,
  domain,
  nice: false,
  ...(scale === 'linear' ? { zero: false } : {}),
});
