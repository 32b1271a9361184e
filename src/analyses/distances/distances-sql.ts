import { quoteIdentifier } from '../../data/identifier.js';
import { outputExpression, visibleColumns } from '../../data/query/output.js';
import { ROW_ID, type Schema } from '../../data/schema.js';
import { double, keyOf, numberOf } from '../sql.js';
import type { DistancesParameters } from './distances.parameters.js';
import { haversine } from './haversine.js';

/** Rows with a position that is one; latitudes end at the poles, longitudes go round. */
export function positionsSql(params: DistancesParameters, schema: Schema): string {
  const { lat = '', lon = '', order } = params;
  const row = quoteIdentifier(ROW_ID);
  const sortedBy = order === undefined ? 'NULL' : quoteIdentifier(order);
  return `SELECT row_number() OVER (ORDER BY sorted NULLS LAST, row) AS leg, key, "order", lat, lon
    FROM (SELECT ${keyOf(schema)} AS key, ${shownOrder(params, schema)} AS "order", ${sortedBy} AS sorted,
        ${row} AS row, ${numberOf(lat)} AS lat, ${numberOf(lon)} AS lon FROM data)
    WHERE lat BETWEEN -90 AND 90 AND lon BETWEEN -360 AND 360`;
}

/** One row a leg: the distance from the position before, and the sum of all so far. */
export function waySql(params: DistancesParameters, schema: Schema): string {
  const [lat, lon] = params.from ?? [];
  const start = (value: number | undefined): string =>
    value === undefined ? 'NULL' : double(value);
  const leg = haversine(['lat0', 'lon0'], ['lat', 'lon'], double(params.radius));
  return `
    WITH p AS (${positionsSql(params, schema)}),
    legs AS (
      SELECT *, lag(lat, 1, ${start(lat)}) OVER (ORDER BY leg) AS lat0,
        lag(lon, 1, ${start(lon)}) OVER (ORDER BY leg) AS lon0 FROM p)
    SELECT leg::DOUBLE AS leg, key, "order", lat, lon, d AS distance_km,
      coalesce(sum(d) OVER (ORDER BY leg ROWS UNBOUNDED PRECEDING), 0) AS total_km
    FROM (SELECT *, ${leg} AS d FROM legs) ORDER BY leg`;
}

/** One row a record: the distance to a point, the nearest first. */
export function toPointSql(params: DistancesParameters, schema: Schema): string {
  const [lat = 0, lon = 0] = params.to ?? [];
  const distance = haversine(['lat', 'lon'], [double(lat), double(lon)], double(params.radius));
  return `SELECT key, lat, lon, ${distance} AS distance_km FROM (${positionsSql(params, schema)}) ORDER BY distance_km, leg`;
}

function shownOrder({ order }: DistancesParameters, schema: Schema): string {
  const column = visibleColumns(schema).find(({ name }) => name === order);
  return column === undefined ? 'NULL' : outputExpression(column);
}
