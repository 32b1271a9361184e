import { Problem } from '../../errors/problem.js';
import type { Column, Schema } from '../schema.js';
import { EXPECTED, textOfText } from '../values.js';

/** The part of the time (or index) column from `start` to `end`, both included. */
export interface Range {
  readonly column: Column;
  readonly from: string | null;
  readonly to: string | null;
  /** Whether `to` itself is left out: the end of a period such as a day or a year. */
  readonly before: boolean;
}

const PARTIAL = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/**
 * `start` and `end` of a request. For times a year, month or day stands for the whole of it, so
 * `end=2021` includes all of 2021.
 * @throws Problem `unsuitable-column`, `invalid-parameter`
 */
export function parseRange(
  schema: Schema,
  start: string | undefined,
  end: string | undefined,
  path: string,
): Range | null {
  if (start === undefined && end === undefined) return null;
  const column = schema.columns.find(({ name }) => name === schema.time);
  if (column === undefined) {
    const field = `${path}${start === undefined ? 'end' : 'start'}`;
    throw Problem.field('unsuitable-column', field, 'the dataset has no time or index column');
  }
  const from = start === undefined ? null : bound(column, `${path}start`, firstOf(column, start));
  const last = end === undefined ? null : afterLast(column, end);
  const to = last === null ? null : bound(column, `${path}end`, last.text);
  const range = { column, from, to, before: last?.before ?? false };
  if (from !== null && to !== null && isAfter(column, from, to)) {
    throw Problem.field('invalid-parameter', `${path}start`, `must not be after ${path}end`);
  }
  return range;
}

const isTime = ({ type }: Column): boolean => type === 'date' || type === 'timestamp';

function isAfter(column: Column, from: string, to: string): boolean {
  if (column.type === 'text') return from > to;
  return isTime(column) ? Date.parse(from) > Date.parse(to) : Number(from) > Number(to);
}

function bound(column: Column, field: string, text: string): string {
  const value = textOfText(column.type, text);
  if (value !== undefined) return value;
  throw Problem.field(
    'invalid-parameter',
    field,
    `must be ${EXPECTED[column.type]}, like the column "${column.name}"; got "${text}"`,
  );
}

/** The first day of a period. */
function firstOf(column: Column, text: string): string {
  const match = isTime(column) ? PARTIAL.exec(text) : null;
  if (match === null) return text;
  return `${match[1] ?? ''}-${match[2] ?? '01'}-${match[3] ?? '01'}`;
}

/** The first day after a period; other values end where they say. */
function afterLast(column: Column, text: string): { text: string; before: boolean } {
  const match = isTime(column) ? PARTIAL.exec(text) : null;
  if (match === null) return { text, before: false };
  const [year, month, day] = [Number(match[1]), match[2], match[3]];
  const next = new Date(0);
  if (month === undefined) next.setUTCFullYear(year + 1, 0, 1);
  else if (day === undefined) next.setUTCFullYear(year, Number(month), 1);
  else {
    if (textOfText('date', text) === undefined) return { text, before: false };
    next.setUTCFullYear(year, Number(month) - 1, Number(day) + 1);
  }
  return { text: next.toISOString().slice(0, 10), before: true };
}
