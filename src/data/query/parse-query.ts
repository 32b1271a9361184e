import { fieldsOf } from '../../parameters/field-schema.js';
import { validateQuery, type ParameterClass } from '../../parameters/validate.js';
import type { RawFilter } from '../dataset-access.js';

export type RawQuery = Readonly<Record<string, string | string[]>>;

const FILTERS = ['start', 'end', 'search', 'bbox'];

/**
 * Splits a query string: what the class names are parameters, checked; the rest is a filter.
 * @throws Problem `invalid-parameter`
 */
export function parseQuery<T extends object>(
  parameters: ParameterClass<T>,
  query: RawQuery,
): { parameters: T; filter: RawFilter } {
  const names = fieldsOf(parameters).map(({ name }) => name);
  const entries = Object.entries(query);
  const named = entries.filter(([name]) => names.includes(name));
  return {
    parameters: validateQuery(parameters, Object.fromEntries(named)),
    filter: Object.fromEntries(
      entries.filter(([name]) => !names.includes(name) || FILTERS.includes(name)),
    ),
  };
}
