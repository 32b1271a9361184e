import { Problem } from '../../../errors/problem.js';

/** The length of time buckets; they are aligned to 2000-01-01, weeks and days to Monday, 2000-01-03. */
export interface Step {
  /** Calendar months, or else seconds. */
  readonly months: number;
  readonly seconds: number;
  /** SQL. */
  readonly interval: string;
}

const DAY = 86_400;

interface Unit {
  readonly months?: number;
  readonly seconds?: number;
}

/** Calendar words, and the units of steps such as `15min`. */
const WORDS: Readonly<Record<string, Unit>> = {
  year: { months: 12 },
  quarter: { months: 3 },
  month: { months: 1 },
  week: { seconds: 7 * DAY },
  day: { seconds: DAY },
  hour: { seconds: 3600 },
  minute: { seconds: 60 },
  second: { seconds: 1 },
};
const UNITS: Readonly<Record<string, Unit>> = {
  y: { months: 12 },
  mo: { months: 1 },
  w: { seconds: 7 * DAY },
  d: { seconds: DAY },
  h: { seconds: 3600 },
  min: { seconds: 60 },
  s: { seconds: 1 },
};

const MOST_MONTHS = 12_000;
const EXPECTED = `${Object.keys(WORDS).join(', ')}, or a step of up to 1,000 years such as 15min (${Object.keys(UNITS).join(', ')})`;

/** @throws Problem `invalid-parameter` */
export function parseStep(field: string, text: string): Step {
  const [, digits = '1', unit = ''] = /^(\d{1,9})?([a-z]+)$/.exec(text) ?? [];
  const table = text === unit ? WORDS : UNITS;
  const count = Number(digits);
  const { months = 0, seconds = 0 } = Object.hasOwn(table, unit) ? (table[unit] ?? {}) : {};
  const length = months * count + (seconds * count) / (30 * DAY);
  if (length === 0 || length > MOST_MONTHS) {
    throw Problem.field('invalid-parameter', field, `"${text}" must be ${EXPECTED}`);
  }
  return months > 0
    ? {
        months: months * count,
        seconds: 0,
        interval: `INTERVAL '${String(months * count)} months'`,
      }
    : { months: 0, seconds: seconds * count, interval: secondsInterval(seconds * count) };
}

/** Whole days in days, since DuckDB then takes the origin of the week. */
const secondsInterval = (seconds: number): string =>
  seconds % DAY === 0
    ? `INTERVAL '${String(seconds / DAY)} days'`
    : `INTERVAL '${String(seconds)} seconds'`;

/** Whether a step is made of whole days, as buckets of a date must be. */
export const isWholeDays = ({ seconds }: Step): boolean => seconds % DAY === 0;

/** About how many buckets lie between two times in milliseconds. */
export function bucketsBetween({ months, seconds }: Step, from: number, to: number): number {
  const length = months > 0 ? months * 28 * DAY : seconds;
  return (to - from) / 1000 / length + 1;
}
