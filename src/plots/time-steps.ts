import { roundStep, type Domain } from './ticks.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTH = 30.4375 * DAY;
const YEAR = 365.25 * DAY;
/** A Monday, from which weeks are counted. */
const MONDAY = Date.UTC(1970, 0, 5);

const lengths = [
  ...[1, 2, 5, 10, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7].map((n) => n * DAY),
];

/** Edges at whole years, months, weeks, days, hours, ... in UTC: about so many that hold the domain. */
export function timeSteps(domain: Domain, count: number): number[] {
  const rough = (domain[1] - domain[0]) / count;
  if (rough > 0.75 * YEAR) return monthSteps(domain, 12 * Math.max(1, roundStep(rough / YEAR, 1)));
  const months = [1, 3, 6].findLast((n) => n * MONTH * 0.75 <= rough);
  if (months !== undefined) return monthSteps(domain, months);
  const length = lengths.findLast((one) => one * 0.75 <= rough) ?? roundStep(rough, 1);
  const origin = length === 7 * DAY ? MONDAY : 0;
  const start = Math.floor((domain[0] - origin) / length);
  const end = Math.max(start + 1, Math.ceil((domain[1] - origin) / length));
  return Array.from({ length: end - start + 1 }, (_, i) => origin + (start + i) * length);
}

/** Edges every so many calendar months, counted from the year 0. */
function monthSteps([low, high]: Domain, months: number): number[] {
  const monthOf = (time: number): number => {
    const date = new Date(time);
    return date.getUTCFullYear() * 12 + date.getUTCMonth();
  };
  const edge = (index: number): number => {
    const date = new Date(0);
    // Date.UTC would take the years 0 to 99 for the last century.
    date.setUTCFullYear(Math.floor((index * months) / 12), (((index * months) % 12) + 12) % 12, 1);
    return date.getTime();
  };
  const edges: number[] = [];
  let i = Math.floor(monthOf(low) / months);
  for (; (edges.at(-1) ?? -Infinity) < high || edges.length < 2; i += 1) edges.push(edge(i));
  return edges;
}
