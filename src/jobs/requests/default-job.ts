import type { DatasetAbout } from '../../analyses/analysis.js';
import { Problem } from '../../errors/problem.js';

/**
 * What a request that names no analysis gets: how many records the dataset has over its index column.
 * @param index name of that column; the time column of the dataset where it is ''
 */
export function defaultJob(
  about: DatasetAbout,
  index: string,
): {
  readonly analysis: string;
  readonly params: Readonly<Record<string, unknown>>;
} {
  const column = index === '' ? about.schema.time : index;
  if (column === null) {
    throw new Problem(
      'unsuitable-column',
      `dataset ${about.name} has no time column, which start and end refer to; name an analysis`,
    );
  }
  return { analysis: 'histogram', params: { column } };
}
