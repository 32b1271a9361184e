import { quoteIdentifier } from '../../data/identifier.js';
import { kindOf, type Schema } from '../../data/schema.js';
import { Problem } from '../../errors/problem.js';
import { endsOf, readRange } from '../../plots/axis-ends.js';
import type { ScaleType } from '../../plots/choices.js';
import type { Bin, HistogramPicture } from '../../plots/picture.js';
import { columnOf } from '../../plots/point-columns.js';
import { axisRequest, checkAxes, lookOf } from '../../plots/requests.js';
import { type DatasetReader } from '../analysis.js';
import { tableResults } from '../results.js';
import { finite } from '../sql.js';
import { binEdges } from '../../plots/bin-edges.js';
import { definePlot } from '../plot-analysis.js';
import { countBins } from './count-bins.js';
import { HistogramParameters } from './histogram.parameters.js';

const USUAL_BINS = 40;

interface Histogram {
  readonly bins: readonly Bin[];
  readonly left: HistogramPicture['left'];
}

/** How often values occur, counted in bins. */
export default definePlot<HistogramParameters, Histogram>({
  name: 'histogram',
  title: 'Histogram',
  description:
    'Counts the values of a column in bins with round edges, of equal width or equal on a logarithm, and draws the counts as bars.',
  params: HistogramParameters,
  example: { column: 'mass (g)', log: true },

  complete(params, schema) {
    check(params, schema);
    return params;
  },

  async query(params, dataset) {
    const column = dataset.column(params.column);
    const name = quoteIdentifier(params.column);
    const value =
      kindOf(column) === 'time' ? `epoch_ms(${name}::TIMESTAMP)::DOUBLE` : `${name}::DOUBLE`;
    const found = await survey(params, dataset, value);
    // Parts of a dataset are counted in the same bins.
    const { low, high } =
      dataset.whole === undefined ? found : await survey(params, dataset.whole, value);
    const whole = column.type === 'integer' || column.type === 'int64';
    const given = params.bins !== undefined && params.bins.length > 1 ? params.bins : null;
    const extent = low === null || high === null ? null : ([low, high] as const);
    const edges =
      given ??
      binEdges(
        extent,
        scaleOf(params, dataset.about.schema),
        params.bins?.[0] ?? USUAL_BINS,
        whole,
      );
    const bins = await countBins(dataset, withinRange(params, value), edges);
    const counted = bins.reduce((sum, bin) => sum + bin.count, 0);
    const { missing, notPositive, total } = found;
    return {
      bins,
      left: { missing, notPositive, outside: total - missing - notPositive - counted },
    };
  },

  picture(params, { bins, left }, about) {
    const { schema } = about;
    const x = axisRequest('x', params, columnOf(schema, params.column));
    return {
      kind: 'histogram',
      look: lookOf(params, about, `distribution of ${params.column}`),
      x: { label: x.label, scale: scaleOf(params, schema) },
      y: axisRequest('y', params, { name: 'rows', type: 'integer', nulls: 0 }),
      bins,
      left,
    };
  },

  tables: ({ bins }) =>
    tableResults(
      ['from', 'to', 'count'],
      bins.map(({ from, to, count }) => ({ from, to, count })),
    ),
});

interface Survey {
  readonly low: number | null;
  readonly high: number | null;
  readonly missing: number;
  readonly notPositive: number;
  readonly total: number;
}

/** Counts and extent in one pass; in a quicker one where all values can be shown. */
async function survey(
  params: HistogramParameters,
  dataset: DatasetReader,
  value: string,
): Promise<Survey> {
  const log = params.log || params.xScale === 'log';
  if (params.xMin === undefined && params.xMax === undefined) {
    const [plain] = await dataset.rows<Survey>(
      `SELECT ${finite('min(v)')} AS low, ${finite('max(v)')} AS high,
              (count(*) - count(v))::DOUBLE AS missing, 0 AS "notPositive", count(*)::DOUBLE AS total
       FROM (SELECT ${value} AS v FROM data)`,
    );
    const { low = null, high = null } = plain ?? {};
    if (plain !== undefined && low !== null && high !== null && (!log || low > 0)) return plain;
  }
  const fit = log ? 'v > 0' : 'true';
  const [row] = await dataset.rows<Survey>(
    `SELECT min(v) FILTER (${fit}) AS low, max(v) FILTER (${fit}) AS high,
            (count(*) - count(p))::DOUBLE AS missing,
            (count(*) FILTER (p IS NOT NULL AND NOT (${log ? 'p > 0' : 'true'})))::DOUBLE AS "notPositive",
            count(*)::DOUBLE AS total
     FROM (SELECT CASE WHEN isfinite(w) THEN w END AS p, ${withinRange(params, 'p')} AS v
           FROM (SELECT ${value} AS w FROM data))`,
  );
  return row ?? { low: null, high: null, missing: 0, notPositive: 0, total: 0 };
}

/** SQL of the value where it lies in the requested range of the axis, else null. */
function withinRange(params: HistogramParameters, value: string): string {
  const { min, max } = endsOf('x', params);
  const limits = [
    ...(min === undefined ? [] : [`${value} >= ${min}`]),
    ...(max === undefined ? [] : [`${value} <= ${max}`]),
  ];
  return limits.length === 0 ? value : `CASE WHEN ${limits.join(' AND ')} THEN ${value} END`;
}

function scaleOf({ column, log, xScale }: HistogramParameters, schema: Schema): ScaleType {
  if (kindOf(columnOf(schema, column)) === 'time') return 'time';
  return log || xScale === 'log' ? 'log' : 'linear';
}

function check(params: HistogramParameters, schema: Schema): void {
  const { bins, log, xScale, yScale } = params;
  const refuse = (field: string, message: string): never => {
    throw Problem.field('invalid-parameter', `params.${field}`, message);
  };
  if (log && scaleOf(params, schema) === 'time') refuse('log', 'needs a column of numbers');
  if (log && xScale === 'linear') refuse('xScale', 'contradicts log');
  if (yScale === 'time') refuse('yScale', 'must be linear or log: counts are numbers');
  const [one = 1] = bins ?? [];
  if (bins?.length === 1 && !(Number.isInteger(one) && one >= 1 && one <= 500)) {
    refuse('bins', 'must be a whole number from 1 to 500, or two edges or more');
  }
  if (bins?.some((edge, i) => i > 0 && edge <= (bins[i - 1] ?? edge)) === true) {
    refuse('bins', 'edges must ascend');
  }
  if (bins !== undefined && bins.length > 1 && one <= 0 && scaleOf(params, schema) === 'log') {
    refuse('bins', 'edges must be above 0 on a logarithm');
  }
  checkAxes(params, schema, [params.column], []);
  readRange('x', params, scaleOf(params, schema));
}
