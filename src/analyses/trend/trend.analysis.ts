import { kindOf } from '../../data/schema.js';
import { columnOf } from '../../plots/point-columns.js';
import { Problem } from '../../errors/problem.js';
import { defineAnalysis } from '../analysis.js';
import { jsonResult, tableResults, type Result } from '../results.js';
import { coefficientsOf, finite, fit } from './fit.js';
import { readMoments, type Moments } from './moments.js';
import { readResiduals, type Residuals } from './residuals.js';
import { TrendParameters } from './trend.parameters.js';

interface Trend {
  readonly moments: Moments;
  /** Null where there are fewer different x than coefficients. */
  readonly residuals: Residuals | null;
}

export default defineAnalysis<TrendParameters, Trend>({
  name: 'trend',
  title: 'Trend',
  description:
    'A polynomial through the values of a column by least squares. The table has its coefficients with standard errors; `value.json` has R², the standard deviation of the residuals and their quartiles; `residuals.json` and `residuals.csv` have the residual of each row, where there are at most 100,000.',
  params: TrendParameters,
  example: { x: 'year', y: 'mass (g)' },

  async query(params, dataset) {
    const moments = await readMoments(params, dataset);
    const enough = moments.distinct > params.degree;
    return { moments, residuals: enough ? await readResiduals(params, dataset, moments) : null };
  },

  compute(params, { moments, residuals }, task) {
    const { x, y, degree } = params;
    const { n, distinct } = moments;
    if (n === 0) throw new Problem('empty-dataset', 'no row has both values');
    if (residuals === null) {
      const message = `a polynomial of degree ${degree} needs ${degree + 1} different values of x; there ${distinct === 1 ? 'is 1' : `are ${distinct}`}`;
      throw Problem.field('too-few-values', 'params.degree', message);
    }
    const { squares, total, figures, rows } = residuals;
    const coefficients = coefficientsOf(fit(moments), moments, squares);
    const freedom = n - degree - 1;
    if (rows === null) task.log(`${n} residuals are too many for a table: none are listed`);
    task.progress(1);
    return {
      ...tableResults(
        ['power', 'coefficient', 'standard_error'],
        coefficients.map((one) => ({ ...one })),
      ),
      ...(rows === null ? {} : residualResults(rows)),
      'value.json': jsonResult({
        ...{ x, y, degree, n, coefficients },
        x_unit:
          kindOf(columnOf(task.dataset.schema, x)) === 'time' ? 'days since 1970-01-01' : null,
        r2: total > 0 ? 1 - squares / total : null,
        residual_sd: freedom > 0 ? finite(Math.sqrt(squares / freedom) * moments.size) : null,
        residuals: { ...figures, listed: rows?.length ?? 0 },
      }),
    };
  },
});

function residualResults(rows: NonNullable<Residuals['rows']>): Record<string, Result> {
  const table = tableResults(['key', 'x', 'y', 'fitted', 'residual'], rows);
  return { 'residuals.json': table['table.json'], 'residuals.csv': table['table.csv'] };
}
