import type { DatasetAbout } from '../../analyses/analysis.js';
import { Problem } from '../../errors/problem.js';

/** What a request that names no analysis gets: how many records the dataset has over its time column. */
export function defaultJob(about: DatasetAbout): {
  readonly analysis: string;
  readonly params: Readonly<Record<string, unknown>>;
} {
  const { time } = about.schema;
  if (time === null) {
    throw new Problem(
      'unsuitable-column',
      `dataset ${about.name} has no time column, which start and end refer to; name an analysis`,
    );
  }
  return { analysis: 'histogram', params: { column: time } };
}
