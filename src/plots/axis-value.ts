import { textOfText } from '../data/values.js';
import { Problem } from '../errors/problem.js';
import type { ScaleType } from './choices.js';

/**
 * The value on an axis of this scale that a request gives: numbers, also as text since queries have no others, and
 * times in RFC 3339 or milliseconds since 1970.
 * @throws Problem `invalid-parameter`, which names the field
 */
export function valueOn(scale: ScaleType, given: number | string, field: string): number {
  const value = typeof given === 'number' ? given : readOn(scale, given);
  if (!Number.isFinite(value)) {
    const expected =
      scale === 'time' ? 'a time such as "2024-02-29T12:00:00Z", or milliseconds' : 'a number';
    throw Problem.field('invalid-parameter', field, `must be ${expected}`);
  }
  if (scale === 'log' && value <= 0) {
    throw Problem.field('invalid-parameter', field, 'must be above 0 on a logarithmic axis');
  }
  return value;
}

function readOn(scale: ScaleType, text: string): number {
  const time = scale === 'time' ? timeOf(text) : NaN;
  return Number.isNaN(time) ? Number(textOfText('number', text) ?? NaN) : time;
}

const YEAR_OR_MONTH = /^(\d{4})(?:-(\d{2}))?$/;

/** Milliseconds since 1970 of a time, or of the start of a day, month or year; else NaN. */
function timeOf(text: string): number {
  const [, year, month = '01'] = YEAR_OR_MONTH.exec(text) ?? [];
  const whole = year === undefined ? text : `${year}-${month}-01`;
  return Date.parse(textOfText('timestamp', whole) ?? '');
}
