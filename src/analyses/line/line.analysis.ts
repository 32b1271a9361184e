import type { Columns } from '../../data/columns.js';
import { quoteIdentifier } from '../../data/identifier.js';
import { Problem } from '../../errors/problem.js';
import { parseLineStyle } from '../../plots/line-style.js';
import type { Series } from '../../plots/picture.js';
import { columnOf } from '../../plots/point-columns.js';
import {
  axisRequest,
  checkAxes,
  requestedRules,
  sharedLabel,
  lookOf,
  numbersOf,
  selected,
} from '../../plots/requests.js';
import { definePlot } from '../plot-analysis.js';
import { LineParameters } from './line.parameters.js';
import { splitSeries, splitTwice } from './split-series.js';

/** Lines over a number or time axis. */
export default definePlot({
  name: 'line',
  title: 'Line plot',
  description:
    'Draws one or several columns over another as lines, in the order of x; a series column makes a line for each of its values. Lines are interrupted where values are missing.',
  params: LineParameters,
  example: { x: 'year', y: ['mass (g)'] },

  complete(params, schema) {
    checkAxes(params, schema, [params.x], params.y);
    const ways = [params.color, params.series, params.y[1]].filter((way) => way !== undefined);
    if (ways.length > 1) {
      const message = 'series, color and several y columns all choose the lines: give one of them';
      throw Problem.field('invalid-parameter', 'params.series', message);
    }
    requestedRules(params, schema);
    for (const text of params.style.split(',')) {
      if (parseLineStyle(text) !== null) continue;
      const message = `${JSON.stringify(text)} is none of line, step, points, and no style string such as r-o, g-- or k:s`;
      throw Problem.field('invalid-parameter', 'params.style', message);
    }
    return params;
  },

  async query(params, dataset) {
    const series = params.series ?? params.color;
    const values = params.y.map((_, i) => `y${i}`);
    const list = [
      selected(dataset, params.x, 'x'),
      ...params.y.map((name, i) => selected(dataset, name, `y${i}`)),
      ...(series === undefined ? [] : [`${quoteIdentifier(series)}::VARCHAR AS s`]),
      // What is no one thing is no one line.
      ...(dataset.mixed === undefined ? [] : [`${quoteIdentifier(dataset.mixed)}::VARCHAR AS f`]),
    ];
    // Equal x in a fixed order, so that the picture is the same each time.
    const order = ['x NULLS LAST', ...values].join(', ');
    return dataset.columns(`SELECT * FROM (SELECT ${list.join(', ')} FROM data) ORDER BY ${order}`);
  },

  picture(params, columns, about) {
    const { schema } = about;
    const names = params.y.join(', ');
    const y = columnOf(schema, params.y[0] ?? '');
    const series = params.series ?? params.color;
    return {
      kind: 'line',
      counted: params.y.length > 1 ? 'value' : 'row',
      look: lookOf(params, about, `${names} by ${params.x}`),
      x: axisRequest('x', params, columnOf(schema, params.x)),
      y: axisRequest('y', params, y, sharedLabel(schema, params.y)),
      forms: params.style.split(',').map((text) => parseLineStyle(text) ?? { form: 'line' }),
      seriesLabel: series ?? '',
      series: seriesOf(params, columns),
      rules: requestedRules(params, schema),
    };
  },
});

function seriesOf({ y }: LineParameters, columns: Columns): Series[] {
  const x = numbersOf(columns['x']);
  const { s, f } = columns;
  const own = (values: Float64Array): Omit<Series, 'name'>[] =>
    f?.kind === 'text' ? splitSeries(x, values, f) : [{ x, y: values }];
  if (s?.kind !== 'text') {
    return y.flatMap((name, i) =>
      own(numbersOf(columns[`y${i}`])).map((line) => ({ ...line, name })),
    );
  }
  const values = numbersOf(columns['y0']);
  return f?.kind === 'text' ? splitTwice(x, values, s, f) : splitSeries(x, values, s);
}
