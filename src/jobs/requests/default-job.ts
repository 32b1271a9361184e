import type { DatasetAbout } from '../../analyses/analysis.js';
import { kindOf } from '../../data/schema.js';
import { Problem } from '../../errors/problem.js';

/**
 * The column that `start` and `end` of a request without analysis compare: the one that is configured, else the time
 * of the dataset, else its key where that is a number.
 * @param configured '' for none
 */
export function indexOf({ schema }: DatasetAbout, configured: string): string | null {
  if (configured !== '') return configured;
  const key = schema.columns.find(({ name }) => name === schema.key);
  const numbered = key !== undefined && kindOf(key) === 'number';
  return schema.time ?? (numbered ? key.name : null);
}

/**
 * What a request that names no analysis gets: how many records the dataset has over its index column.
 * @param configured name of that column; '' for none
 */
export function defaultJob(
  about: DatasetAbout,
  configured: string,
): {
  readonly analysis: string;
  readonly params: Readonly<Record<string, unknown>>;
} {
  const column = indexOf(about, configured);
  if (column === null) {
    throw new Problem(
      'unsuitable-column',
      `dataset ${about.name} has neither a time column nor a number for its key, which start and end could refer to; name an analysis, or a column by DEFAULT_INDEX`,
    );
  }
  return { analysis: 'histogram', params: { column } };
}
