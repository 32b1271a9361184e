import type { DatasetReader, SqlValue } from '../../analyses/analysis.js';
import { groupsOf } from '../group-query.js';
import type { Groups } from '../picture.js';
import { MOST_FACETS } from './facet.parameters.js';

/** What a query found for each value of a column. */
export interface Faceted<D> {
  readonly facets: Groups;
  readonly notes: readonly string[];
  readonly parts: readonly D[];
}

export const isFaceted = <D>(data: unknown): data is Faceted<D> =>
  typeof data === 'object' && data !== null && 'facets' in data && 'parts' in data;

/** Asks the same of the rows of each value of a column. */
export async function facetedQuery<D>(
  facet: string,
  dataset: DatasetReader,
  query: (part: DatasetReader) => Promise<D>,
): Promise<Faceted<D>> {
  const { groups, index, notes } = await groupsOf(dataset, {
    column: facet,
    most: MOST_FACETS,
    rank: 'count(*)',
    sort: { by: 'name' },
    ranked: 'those with the most rows',
  });
  const parts: D[] = [];
  for (const i of groups.names.keys()) {
    const part = partOf(dataset, `${index} = ${i}`);
    // The last ones are of several values, or of none.
    parts.push(await query(i < groups.distinct ? part : { ...part, mixed: facet }));
  }
  return { facets: groups, notes, parts };
}

/** A reader of the rows of a dataset that fulfil a condition. */
function partOf(dataset: DatasetReader, condition: string): DatasetReader {
  const part = (sql: string): string =>
    `WITH data AS (SELECT * FROM data WHERE ${condition}) SELECT * FROM (${sql})`;
  return {
    about: dataset.about,
    whole: dataset,
    column: (name) => dataset.column(name),
    rows: <T extends object>(sql: string, values?: readonly SqlValue[]) =>
      dataset.rows<T>(part(sql), values),
    columns: (sql, values) => dataset.columns(part(sql), values),
    aggregate: () => Promise.reject(new Error('the aggregates of a part are not asked for')),
  };
}
