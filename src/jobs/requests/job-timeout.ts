import { Problem } from '../../errors/problem.js';

/**
 * The time limit of a job in milliseconds.
 * @param wanted in seconds
 * @param most in milliseconds; the default too
 * @param setting what sets the most
 * @throws Problem `invalid-parameter`
 */
export function jobTimeout(wanted: number | undefined, most: number, setting: string): number {
  const limit = wanted === undefined ? most : wanted * 1000;
  if (limit <= most) return limit;
  const message = `must not be more than ${String(most / 1000)} seconds (${setting})`;
  throw Problem.field('invalid-parameter', 'timeout', message);
}
