import { Problem } from '../../errors/problem.js';
import { defineAnalysis } from '../analysis.js';
import { jsonResult, tableResults, type TableRow } from '../results.js';
import { double, keyOf, numberOf } from '../sql.js';
import { findLimits, type Limits } from './limits.js';
import { OutliersParameters, type OutlierMethod } from './outliers.parameters.js';

const USUAL: Record<OutlierMethod, number> = { iqr: 1.5, zscore: 3 };
const MOST_ROWS = 100_000;

interface Found {
  readonly limits: Limits;
  readonly rows: readonly TableRow[];
}

export default defineAnalysis<OutliersParameters, Found>({
  name: 'outliers',
  title: 'Outliers',
  description:
    'The rows whose value lies far from the others, by their keys, the farthest first. `score` is how many quartile distances beyond the nearer quartile, or how many standard deviations from the mean; `value.json` has the limits.',
  params: OutliersParameters,
  example: { column: 'mass (g)' },

  complete: (params) =>
    Object.assign(params, { threshold: params.threshold ?? USUAL[params.method] }),

  async query({ column, method, threshold = USUAL[method] }, dataset) {
    const limits = await findLimits(dataset, column, method, threshold);
    const low = limits.low === null ? 'false' : `x < ${double(limits.low)}`;
    const high = limits.high === null ? 'false' : `x > ${double(limits.high)}`;
    const beyond = `greatest(${double(limits.from ?? 0)} - x, x - ${double(limits.to ?? 0)})`;
    const score =
      limits.spread === null || limits.spread === 0 ? 'NULL' : `d / ${double(limits.spread)}`;
    const far = `SELECT key, x, ${beyond} AS d FROM (SELECT ${keyOf(dataset.about.schema)} AS key, ${numberOf(column)} AS x FROM data)
      WHERE ${low} OR ${high}`;
    refuseTooMany(await dataset.rows<{ n: number }>(`SELECT count(*)::DOUBLE AS n FROM (${far})`));
    const rows = await dataset.rows<TableRow>(
      `SELECT key, x AS value, ${score} AS score FROM (${far}) ORDER BY d DESC, key`,
    );
    return { limits, rows };
  },

  compute({ column, method, threshold = USUAL[method] }, { limits, rows }, task) {
    if (limits.rows === limits.missing) {
      throw new Problem('empty-dataset', `no row has a value of ${JSON.stringify(column)}`);
    }
    task.progress(1);
    const { from, to, spread, ...others } = limits;
    const measures =
      method === 'iqr' ? { q25: from, q75: to, iqr: spread } : { mean: from, sd: spread };
    return {
      ...tableResults(['key', 'value', 'score'], rows),
      'value.json': jsonResult({
        ...{ column, method, threshold, ...measures, ...others, outliers: rows.length },
      }),
    };
  },
});

function refuseTooMany([counted]: readonly { readonly n: number }[]): void {
  if ((counted?.n ?? 0) <= MOST_ROWS) return;
  const message = `${counted?.n ?? 0} rows are beyond it; a table has at most ${MOST_ROWS}: raise it`;
  throw Problem.field('result-too-large', 'params.threshold', message);
}
