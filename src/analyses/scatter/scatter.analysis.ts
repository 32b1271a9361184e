import type { Columns } from '../../data/columns.js';
import { Problem } from '../../errors/problem.js';
import { quoteIdentifier } from '../../data/identifier.js';
import type { Points } from '../../plots/channels.js';
import { checkPoints, columnOf, pointSelection, pointsOf } from '../../plots/point-columns.js';
import {
  axisRequest,
  checkAxes,
  lookOf,
  numbersOf,
  requestedRules,
  selected,
  sharedLabel,
} from '../../plots/requests.js';
import { type DatasetAbout } from '../analysis.js';
import { definePlot } from '../plot-analysis.js';
import { ScatterParameters } from './scatter.parameters.js';

/** One point a row, on two axes. */
export default definePlot({
  name: 'scatter',
  title: 'Scatter plot',
  description:
    'Draws one column against another, a point for each row; colour and size can show two more columns. Every point is drawn, or above 200,000 their density.',
  params: ScatterParameters,
  example: { x: 'year', y: ['mass (g)'], yScale: 'log' },

  complete(params, schema) {
    checkAxes(params, schema, [params.x], params.y);
    checkPoints(params, schema);
    requestedRules(params, schema);
    const ways = [params.color, params.series, params.y[1]].filter((way) => way !== undefined);
    if (ways.length > 1) {
      const message = 'color, series and several y columns all choose the colour: give one of them';
      throw Problem.field('invalid-parameter', 'params.color', message);
    }
    return params;
  },

  async query(params, dataset) {
    const list = [
      selected(dataset, params.x, 'x'),
      ...params.y.map((name, i) => selected(dataset, name, `y${i}`)),
      ...(params.series === undefined ? [] : [`${quoteIdentifier(params.series)}::VARCHAR AS s`]),
      ...pointSelection(params, dataset),
    ];
    return dataset.columns(`SELECT ${list.join(', ')} FROM data`);
  },

  picture(params, columns, about) {
    const { schema } = about;
    const names = params.y.join(', ');
    const x = columnOf(schema, params.x);
    const y = columnOf(schema, params.y[0] ?? '');
    return {
      kind: 'scatter',
      counted: params.y.length > 1 ? 'value' : 'row',
      look: lookOf(params, about, `${names} against ${params.x}`),
      x: axisRequest('x', params, x),
      y: axisRequest('y', params, y, sharedLabel(schema, params.y)),
      xs: repeated(numbersOf(columns['x']), params.y.length),
      ys: joined(params.y.map((_, i) => numbersOf(columns[`y${i}`]))),
      points: colored(params, columns, about),
      rules: requestedRules(params, schema),
    };
  },
});

/** Colour by series or by y column counts as a colour of categories. */
function colored(params: ScatterParameters, columns: Columns, about: DatasetAbout): Points {
  const points = pointsOf(params, columns, about);
  const { s } = columns;
  if (params.series !== undefined && s?.kind === 'text') {
    return { ...points, color: { ...s, label: params.series } };
  }
  const times = params.y.length;
  if (times === 1) return points;
  const length = numbersOf(columns['x']).length;
  const codes = Int32Array.from({ length: length * times }, (_, i) => Math.floor(i / length));
  const { size } = points;
  return {
    ...points,
    color: { kind: 'text', label: 'column', codes, dictionary: params.y },
    ...(size === undefined ? {} : { size: { ...size, values: repeated(size.values, times) } }),
  };
}

const repeated = (values: Float64Array, times: number): Float64Array =>
  times === 1 ? values : joined(Array.from({ length: times }, () => values));

function joined(parts: readonly Float64Array[]): Float64Array {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first;
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
