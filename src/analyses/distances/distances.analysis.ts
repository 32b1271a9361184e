import type { Schema } from '../../data/schema.js';
import { Problem } from '../../errors/problem.js';
import { defineAnalysis } from '../analysis.js';
import { jsonResult, tableResults, type TableRow } from '../results.js';
import { positionsSql, toPointSql, waySql } from './distances-sql.js';
import { DistancesParameters } from './distances.parameters.js';

interface Distances {
  readonly legs: readonly TableRow[];
  /** Rows without a position, or with one that is none. */
  readonly skipped: number;
}

export default defineAnalysis<DistancesParameters, Distances>({
  name: 'distances',
  title: 'Great-circle distances',
  description:
    'Distances on a sphere in km: along the rows in an order, leg by leg with the sum so far, or from every row to one point. Rows without a position are skipped and counted in `value.json`, which has the total, least, greatest and mean.',
  params: DistancesParameters,
  example: { to: [48.14, 11.58] },

  complete(params, schema) {
    checkPoint('from', params.from);
    checkPoint('to', params.to);
    const other = params.from !== undefined ? 'from' : params.order !== undefined ? 'order' : null;
    if (params.to !== undefined && other !== null) {
      throw Problem.field(
        'invalid-parameter',
        `params.${other}`,
        'belongs to a way, which has no to',
      );
    }
    return Object.assign(params, positionOf(params, schema));
  },

  async query(params, dataset) {
    const { schema } = dataset.about;
    const sql = params.to === undefined ? waySql(params, schema) : toPointSql(params, schema);
    const [counted] = await dataset.rows<{ skipped: number }>(
      `SELECT ((SELECT count(*) FROM data) - (SELECT count(*) FROM (${positionsSql(params, schema)})))::DOUBLE AS skipped`,
    );
    return { legs: await dataset.rows<TableRow>(sql), skipped: counted?.skipped ?? 0 };
  },

  compute(params, { legs, skipped }, task) {
    if (legs.length === 0) {
      throw new Problem('empty-dataset', `no row has a position; ${skipped} rows have none`);
    }
    if (skipped > 0) task.log(`${skipped} rows without a position were skipped`);
    task.progress(1);
    const order = params.order === undefined ? [] : ['order'];
    const columns =
      params.to === undefined
        ? ['leg', 'key', ...order, 'lat', 'lon', 'distance_km', 'total_km']
        : ['key', 'lat', 'lon', 'distance_km'];
    const rows = legs.map((leg) =>
      Object.fromEntries(columns.map((name) => [name, leg[name] ?? null])),
    );
    return {
      ...tableResults(columns, rows),
      'value.json': jsonResult({ radius_km: params.radius, ...figuresOf(legs), skipped }),
    };
  },
});

function figuresOf(legs: readonly TableRow[]): Record<string, number | null> {
  const distances = legs.flatMap(({ distance_km: km }) => (typeof km === 'number' ? [km] : []));
  const total = distances.reduce((sum, km) => sum + km, 0);
  const count = distances.length;
  return {
    count,
    total_km: total,
    least_km: count === 0 ? null : distances.reduce((a, b) => Math.min(a, b)),
    greatest_km: count === 0 ? null : distances.reduce((a, b) => Math.max(a, b)),
    mean_km: count === 0 ? null : total / count,
  };
}

function checkPoint(field: 'from' | 'to', point: readonly number[] | undefined): void {
  if (point === undefined) return;
  const [lat = NaN, lon = NaN] = point;
  if (Math.abs(lat) <= 90 && Math.abs(lon) <= 360) return;
  const message = 'must be a latitude from -90 to 90 and a longitude from -360 to 360, in degrees';
  throw Problem.field('invalid-parameter', `params.${field}`, message);
}

/** @throws Problem `unsuitable-column` */
function positionOf(
  { lat, lon }: DistancesParameters,
  { position }: Schema,
): { lat: string; lon: string } {
  const found = { lat: lat ?? position?.latitude, lon: lon ?? position?.longitude };
  if (found.lat !== undefined && found.lon !== undefined) return { lat: found.lat, lon: found.lon };
  const field = found.lat === undefined ? 'lat' : 'lon';
  const message = 'is missing, and the dataset has no columns of positions';
  throw Problem.field('unsuitable-column', `params.${field}`, message);
}
