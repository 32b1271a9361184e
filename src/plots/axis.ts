import { axisDomain, extentOf } from './extent.js';
import type { ScaleType } from './choices.js';
import type { AxisRequest, Look } from './picture.js';
import { linearTicks, logTicks, type Domain, type Ticks } from './ticks.js';

/** An axis with everything decided: the scale of the marks and the frame alike. */
export interface Axis {
  readonly label: string;
  readonly scale: ScaleType;
  readonly domain: Domain;
  /** Values are read off; false in a picture without data. */
  readonly labelled: boolean;
  readonly count: number;
}

export function axisOf(
  request: AxisRequest,
  columns: readonly Float64Array[],
  count: number,
): Axis {
  const extent = extentOf(columns, request.scale);
  const { label, labelGiven = false, scale } = request;
  const domain = axisDomain(extent, scale, request, count);
  const labelled = extent !== null;
  const day = labelled && scale === 'time' && !labelGiven ? dayOf(domain) : null;
  return { label: day === null ? label : `${label}, ${day}`, scale, count, domain, labelled };
}

const DAY = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' });

/** The day that holds all of a domain of times, whose ticks are hours and minutes and name none. */
function dayOf([low, high]: Domain): string | null {
  const day = DAY.format(low);
  return day === DAY.format(high) ? `${day} (UTC)` : null;
}

/** Ticks of a number scale; Vega labels times itself, in UTC. */
export function ticksOf(domain: Domain, scale: ScaleType, count: number): Ticks | null {
  if (scale === 'time') return null;
  return scale === 'log' ? logTicks(domain, count) : linearTicks(domain, count);
}

/** Steps that a side of a picture has room for. */
export const stepsAcross = ({ width }: Look): number => Math.max(2, Math.round((width - 160) / 90));
export const stepsDown = ({ height }: Look): number => Math.max(2, Math.round((height - 120) / 55));

/** `values` and `labelExpr` of a Vega-Lite axis or legend: our labels, looked up by the value. */
export function labelling({ values, labels }: Ticks): Record<string, unknown> {
  const table = Object.fromEntries(values.map((value, i) => [String(value), labels[i] ?? '']));
  return { values, labelExpr: `(${JSON.stringify(table)})[datum.value]` };
}

/** How a time reads by the unit that it begins; names of weekdays beside dates would only puzzle. */
export const TIME_LABELS = {
  year: '%Y',
  quarter: '%b %Y',
  month: '%b %Y',
  week: '%b %-d',
  date: '%b %-d',
  hours: '%H:%M',
  minutes: '%H:%M',
  seconds: '%H:%M:%S',
  milliseconds: '.%L',
};

/** The Vega-Lite encoding of a position by an axis. */
export function positionEncoding(field: string, axis: Axis): Record<string, unknown> {
  const ticks = ticksOf(axis.domain, axis.scale, axis.count);
  const time = axis.scale === 'time';
  return {
    field,
    type: time ? 'temporal' : 'quantitative',
    title: axis.label,
    scale: {
      type: time ? 'utc' : axis.scale,
      domain: axis.domain,
      nice: false,
      ...(axis.scale === 'linear' ? { zero: false } : {}),
    },
    axis: {
      ...(ticks === null ? { tickCount: axis.count, format: TIME_LABELS } : labelling(ticks)),
      ...(axis.labelled ? {} : { labels: false, ticks: false }),
      labelOverlap: 'greedy',
      labelSeparation: 4,
      labelFlush: false,
    },
  };
}

/** Where a value lies on an axis of so many pixels; the same as Vega's scale gives. */
export function placer(axis: Axis, pixels: number, flipped: boolean): (value: number) => number {
  const { log, start, factor } = measures(axis, pixels);
  const place = log
    ? (value: number) => (Math.log(value) - start) * factor
    : (value: number) => (value - start) * factor;
  return flipped ? (value) => pixels - place(value) : place;
}

/** `placer` for many values at once. */
export function places(
  values: Float64Array,
  axis: Axis,
  pixels: number,
  flipped: boolean,
): Float64Array {
  const { log, start, factor } = measures(axis, pixels);
  const placed = new Float64Array(values.length);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? NaN;
    const at = ((log ? Math.log(value) : value) - start) * factor;
    placed[i] = flipped ? pixels - at : at;
  }
  return placed;
}

function measures({ scale, domain: [low, high] }: Axis, pixels: number): Measures {
  const log = scale === 'log';
  const start = log ? Math.log(low) : low;
  return { log, start, factor: pixels / ((log ? Math.log(high) : high) - start) };
}

interface Measures {
  readonly log: boolean;
  readonly start: number;
  readonly factor: number;
}
