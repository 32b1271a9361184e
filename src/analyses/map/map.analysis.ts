import { quoteIdentifier } from '../../data/identifier.js';
import { Problem } from '../../errors/problem.js';
import type { Schema } from '../../data/schema.js';
import { endsOf, readEnds, readRange } from '../../plots/axis-ends.js';
import type { Window } from '../../plots/picture.js';
import { checkSize } from '../../plots/plot.parameters.js';
import { checkPoints, pointSelection, pointsOf } from '../../plots/point-columns.js';
import { lookOf, numbersOf, selected } from '../../plots/requests.js';
import { definePlot } from '../plot-analysis.js';
import { MapParameters } from './map.parameters.js';

/** Every row with a position, on a map of the world. */
export default definePlot({
  name: 'map',
  title: 'Map',
  description:
    'Draws the rows on a map of the world, or on the part of it between xMin, xMax (longitude; across the 180th meridian where xMin is the greater) and yMin, yMax (latitude). Colour and size can show two more columns; track joins the positions in the order of one.',
  params: MapParameters,
  example: { color: 'mass (g)', colorScale: 'log' },

  complete(params, schema) {
    check(params, schema);
    const { position } = schema;
    params.lat ??= position?.latitude ?? missing('lat');
    params.lon ??= position?.longitude ?? missing('lon');
    return params;
  },

  async query(params, dataset) {
    const { lat = missing('lat'), lon = missing('lon') } = params;
    const list = [
      selected(dataset, lon, 'a'),
      selected(dataset, lat, 'b'),
      ...pointSelection(params, dataset),
    ];
    const { track } = params;
    const order = track === undefined ? '' : ` ORDER BY ${quoteIdentifier(track)} NULLS LAST, a, b`;
    return dataset.columns(`SELECT ${list.join(', ')} FROM data${order}`);
  },

  picture(params, columns, about) {
    const window = windowOf(params);
    const subject = params.color === undefined ? 'map' : `map by ${params.color}`;
    return {
      kind: 'map',
      look: lookOf(params, about, subject),
      projection: params.projection,
      ...(window === null ? {} : { window }),
      ...(params.track === undefined ? {} : { track: true }),
      ...(params.coasts ? {} : { bare: true }),
      longitudes: numbersOf(columns['a']),
      latitudes: numbersOf(columns['b']),
      points: pointsOf(params, columns, about),
    };
  },
});

function missing(name: 'lat' | 'lon'): never {
  throw Problem.field(
    'invalid-parameter',
    `params.${name}`,
    'is needed, since the dataset does not say which columns are its position',
  );
}

function check(params: MapParameters, schema: Schema): void {
  checkSize(params);
  checkPoints(params, schema);
  for (const name of ['xLabel', 'yLabel', 'xScale', 'yScale'] as const) {
    if (params[name] === undefined) continue;
    throw Problem.field('invalid-parameter', `params.${name}`, 'a map has no axes');
  }
  readEnds('x', params, 'linear');
  readRange('y', params, 'linear');
  const [across, up] = [endsOf('x', params), endsOf('y', params)];
  if (across.min !== undefined && across.min === across.max) {
    throw Problem.field('invalid-parameter', 'params.xMax', `must not be xMin (${across.min})`);
  }
  for (const [name, value, limit] of [
    ['xMin', across.min, 180],
    ['xMax', across.max, 180],
    ['yMin', up.min, 90],
    ['yMax', up.max, 90],
  ] as const) {
    if (value === undefined || Math.abs(value) <= limit) continue;
    throw Problem.field(
      'invalid-parameter',
      `params.${name}`,
      `must be from -${limit} to ${limit}`,
    );
  }
}

function windowOf(params: MapParameters): Window | null {
  const [across, up] = [endsOf('x', params), endsOf('y', params)];
  if (Object.keys({ ...across, ...up }).length === 0) return null;
  const { min: west = -180, max: east = 180 } = across;
  const turn = west > east ? 360 : 0;
  return { west, east: east + turn, south: up.min ?? -90, north: up.max ?? 90 };
}
