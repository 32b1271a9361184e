import { extentOf, isDrawable, openDomain } from './extent.js';
import { pick } from './pick.js';
import type { ScaleType } from './choices.js';
import type { ValueChannel } from './channels.js';
import type { Domain } from './ticks.js';

/** The values of colour or size over the rows that are drawn, on their scale. */
export interface ChannelScale {
  readonly scale: ScaleType;
  readonly domain: Domain;
  /** Rows without a value that can be shown. */
  readonly missing: number;
  /** The value of a row, or null where it cannot be shown. */
  value(row: number): number | null;
  /**
   * How far the values of the chosen rows lie between the ends, 0 to 1; NaN where they cannot be shown. They stand in
   * memory that the next call uses again.
   */
  shares(): Float64Array;
  /** How far a value lies between the ends, 0 to 1. */
  share(value: number): number;
  /** The value that lies so far between the ends. */
  at(share: number): number;
}

export function channelScale(channel: ValueChannel, chosen: Int32Array): ChannelScale {
  const { values } = channel;
  const scale = channel.kind === 'time' ? 'time' : channel.scale;
  const present = pick(values, chosen);
  const domain = openDomain(channel.extent ?? extentOf([present], scale), scale);
  const log = scale === 'log';
  const [start, end] = log ? [Math.log(domain[0]), Math.log(domain[1])] : domain;
  const span = end - start;
  return {
    scale,
    domain,
    missing: missingOf(present, log),
    value: (row) => {
      const value = values[row] ?? NaN;
      return isDrawable(value, scale) ? value : null;
    },
    shares: () => sharesOf(present, log, start, span),
    share: (value) => ((log ? Math.log(value) : value) - start) / span,
    at: (share) => (log ? Math.exp(start + span * share) : start + span * share),
  };
}

function missingOf(values: Float64Array, log: boolean): number {
  let n = 0;
  // An index is four times as fast as the iterator of a typed array.
  // eslint-disable-next-line @typescript-eslint/prefer-for-of
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? NaN;
    if (!(Math.abs(value) < Infinity) || (log && !(value > 0))) n += 1;
  }
  return n;
}

/** Some MB, whose first use costs more than what is computed. */
let scratch = new Float64Array(0);

function sharesOf(values: Float64Array, log: boolean, start: number, span: number): Float64Array {
  if (values.length > scratch.length) scratch = new Float64Array(values.length);
  const shares = scratch.subarray(0, values.length);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? NaN;
    // The logarithm of zero is infinite, that of a negative number none.
    const share = ((log ? Math.log(value) : value) - start) / span;
    shares[i] = Math.abs(share) < Infinity ? share : NaN;
  }
  return shares;
}

/** The scale of the encoding in Vega-Lite, but for its range. */
export const encodedScale = ({ scale, domain }: ChannelScale): Record<string, unknown> => ({
  type: scale === 'time' ? 'utc' : scale,
  domain,
  nice: false,
  ...(scale === 'linear' ? { zero: false } : {}),
});
