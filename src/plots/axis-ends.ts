import { Problem } from '../errors/problem.js';
import { ScalarField } from '../parameters/fields.js';
import { valueOn } from './axis-value.js';
import type { ScaleType } from './choices.js';

/** An end of an axis as a request gives it. */
export const AxisEndField = (what: string): PropertyDecorator =>
  ScalarField({
    description: `${what}: a number, or where the axis has times a time such as 2024-02-29T12:00:00Z, a date (its start, in UTC) or milliseconds since 1970.`,
    optional: true,
  });

type AxisEnd = `${'x' | 'y'}${'Min' | 'Max'}`;
type Requested = Partial<Record<AxisEnd, number | string>>;

/**
 * Checks the ends of an axis against its scale. Afterwards they are numbers, or times in one form.
 * @throws Problem `invalid-parameter` where an end has no place on the axis, or the axis would be empty
 */
export function readRange(axis: 'x' | 'y', params: Requested, scale: ScaleType): void {
  const low = params[`${axis}Min`];
  readEnds(axis, params, scale);
  const { min = -Infinity, max = Infinity } = endsOf(axis, params);
  if (min < max) return;
  const message = `must be above ${axis}Min (${String(low)})`;
  throw Problem.field('invalid-parameter', `params.${axis}Max`, message);
}

/** The same where the first end may be the greater, as on a circle. */
export function readEnds(axis: 'x' | 'y', params: Requested, scale: ScaleType): void {
  for (const end of [`${axis}Min`, `${axis}Max`] as const) {
    const given = params[end];
    if (given === undefined) continue;
    const value = valueOn(scale, given, `params.${end}`);
    params[end] = typeof given === 'string' && scale === 'time' ? canonical(value, end) : value;
  }
}

/** The ends of an axis as numbers, milliseconds where they are times. */
export function endsOf(axis: 'x' | 'y', params: Requested): { min?: number; max?: number } {
  const [min, max] = [params[`${axis}Min`], params[`${axis}Max`]];
  return {
    ...(min === undefined ? {} : { min: numberOf(min) }),
    ...(max === undefined ? {} : { max: numberOf(max) }),
  };
}

/** Times that a Date can hold go from -271821 to 275760. */
function canonical(value: number, end: AxisEnd): string {
  if (Math.abs(value) <= 8.64e15) return new Date(value).toISOString();
  throw Problem.field('invalid-parameter', `params.${end}`, 'is no time that a calendar has');
}

/** @throws Error for a text that `readEnds` has not read: it becomes part of SQL */
function numberOf(end: number | string): number {
  const value = typeof end === 'number' ? end : Date.parse(end);
  if (!Number.isFinite(value)) throw new Error('an end of an axis was not read');
  return value;
}
