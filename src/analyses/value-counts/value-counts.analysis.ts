import { quoteIdentifier } from '../../data/identifier.js';
import { outputExpression } from '../../data/query/output.js';
import type { Column } from '../../data/schema.js';
import { Problem } from '../../errors/problem.js';
import { ColumnField, IntegerField } from '../../parameters/fields.js';
import { defineAnalysis } from '../analysis.js';
import { jsonResult, tableResults } from '../results.js';
import { numberOf } from '../sql.js';

class ValueCountsParams {
  @ColumnField({ description: 'Column whose values are counted.', example: 'recclass' })
  column!: string;

  @IntegerField({
    description:
      'How many values to list, most frequent first; `value.json` says how many there are.',
    default: 20,
    min: 1,
    max: 10_000,
  })
  top!: number;
}

interface Totals {
  readonly rows: number;
  readonly missing: number;
  readonly distinct: number;
}

interface Counted {
  readonly value: string | number | boolean;
  readonly count: number;
}

export default defineAnalysis({
  name: 'value-counts',
  title: 'Value counts',
  description:
    'The most frequent values of a column with their counts and shares of the rows that have one (equally frequent ones in their own order), and how many rows have none.',
  params: ValueCountsParams,
  example: { column: 'recclass', top: 10 },

  async query({ column, top }, dataset) {
    const about = dataset.column(column);
    const value = valueOf(about);
    const shown = outputExpression({ ...about, name: 'v' });
    const [totals] = await dataset.rows<Totals>(
      `SELECT count(*)::DOUBLE AS rows, (count(*) - count(v))::DOUBLE AS missing,
              count(DISTINCT v)::DOUBLE AS "distinct"
       FROM (SELECT ${value} AS v FROM data)`,
    );
    const values = await dataset.rows<Counted>(
      `SELECT ${shown} AS value, n AS count FROM (
         SELECT v, count(*)::DOUBLE AS n FROM (SELECT ${value} AS v FROM data)
         WHERE v IS NOT NULL GROUP BY v ORDER BY n DESC, v LIMIT ${String(top)})
       ORDER BY n DESC, v`,
    );
    return { totals: totals ?? { rows: 0, missing: 0, distinct: 0 }, values };
  },

  compute({ column }, { totals, values }, task) {
    if (totals.rows === 0) throw new Problem('empty-dataset', 'there are no rows to count');
    const present = totals.rows - totals.missing;
    const rows = values.map(({ value, count }) => ({ value, count, share: count / present }));
    task.progress(1);
    return {
      ...tableResults(['value', 'count', 'share'], rows),
      'value.json': jsonResult({ column, ...totals, listed: rows.length }),
    };
  },
});

/** Values that can be counted and put into JSON; numbers beyond JSON count as missing. */
function valueOf({ name, type }: Column): string {
  if (type === 'number') return numberOf(name);
  return type === 'json' ? `${quoteIdentifier(name)}::VARCHAR` : quoteIdentifier(name);
}
