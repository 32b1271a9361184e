import type { Schema } from '../../data/schema.js';
import { Problem } from '../../errors/problem.js';
import { columnOf } from '../../plots/point-columns.js';
import { axisRequest, checkAxes, lookOf } from '../../plots/requests.js';
import { defineAnalysis } from '../analysis.js';
import { tableResults } from '../results.js';
import { readBuckets, type Bucket } from './buckets.js';
import { fillGaps, type FilledBucket } from './fill-gaps.js';
import { ResampleParameters } from './resample.parameters.js';

/** A time series in equal steps. */
export default defineAnalysis<ResampleParameters, Bucket[]>({
  name: 'resample',
  title: 'Resample',
  description:
    'Puts the values of a column into equal buckets of time, takes one value of each, fills gaps as asked, and draws them as a line. The table has the start of each bucket, its value, how many rows had one, and whether it was filled in.',
  params: ResampleParameters,
  example: { time: 'date', value: 'temp_max', every: '1mo' },

  complete(params, schema) {
    const time = params.time ?? timeOf(schema);
    checkAxes(params, schema, [time], [params.value]);
    return Object.assign(params, { time });
  },

  query: (params, dataset) => readBuckets(params, dataset),

  async compute(params, buckets, task) {
    const { schema } = task.dataset;
    if (buckets.length === 0) throw new Problem('empty-dataset', 'no row has a time');
    const filled = fillGaps(buckets, params.fill);
    const { time = '', value, agg, every } = params;
    const y = {
      ...columnOf(schema, value),
      ...(agg === 'count' ? { name: 'rows', unit: '' } : {}),
    };
    const { drawPlot } = await import('../../plots/draw-plot.js');
    const plot = await drawPlot(
      {
        kind: 'line',
        counted: 'value',
        look: lookOf(params, task.dataset, `${agg} of ${value} every ${every}`),
        x: axisRequest('x', params, columnOf(schema, time)),
        y: axisRequest('y', params, y),
        forms: [{ form: filled.length < 40 ? 'points' : 'line' }],
        seriesLabel: '',
        series: [seriesOf(value, filled)],
      },
      task,
    );
    const days = columnOf(schema, time).type === 'date' && /(d|w|mo|y)$/.test(every);
    const rows = filled.map(({ t, x, n, filled: made }) => ({
      ...{ time: timeText(t, days), value: x, count: n, filled: made },
    }));
    return { ...plot, ...tableResults(['time', 'value', 'count', 'filled'], rows) };
  },
});

/** @throws Problem `unsuitable-column` */
function timeOf(schema: Schema): string {
  const column = schema.columns.find(({ name }) => name === schema.time);
  if (column?.type === 'date' || column?.type === 'timestamp') return column.name;
  const message = 'is missing, and the dataset has no column of times';
  throw Problem.field('unsuitable-column', 'params.time', message);
}

const seriesOf = (name: string, buckets: readonly FilledBucket[]) => ({
  name,
  x: Float64Array.from(buckets, ({ t }) => t),
  y: Float64Array.from(buckets, ({ x }) => x ?? NaN),
});

/** RFC 3339 in UTC, or the day alone. */
function timeText(ms: number, day: boolean): string {
  const text = new Date(ms).toISOString();
  return day ? text.slice(0, -14) : text.replace('.000Z', 'Z');
}
