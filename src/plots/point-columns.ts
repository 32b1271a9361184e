import type { DatasetAbout, DatasetReader } from '../analyses/analysis.js';
import type { Columns } from '../data/columns.js';
import { quoteIdentifier } from '../data/identifier.js';
import { kindOf, type Column, type Schema } from '../data/schema.js';
import { Problem } from '../errors/problem.js';
import { isCategorical } from './palettes.js';
import type { ColorChannel, Points } from './channels.js';
import type { PointParameters } from './point.parameters.js';
import { labelOf, numbersOf, selected } from './requests.js';

/** The columns of colour and size in a select list, as `c` and `d`. */
export function pointSelection(params: PointParameters, dataset: DatasetReader): string[] {
  return [
    ...(params.color === undefined ? [] : [selected(dataset, params.color, 'c')]),
    ...(params.size === undefined ? [] : [selected(dataset, params.size, 'd')]),
    ...(params.label === undefined ? [] : [`${quoteIdentifier(params.label)}::VARCHAR AS l`]),
  ];
}

/** Colour and size from the columns of that select list. */
export function pointsOf(params: PointParameters, columns: Columns, about: DatasetAbout): Points {
  const { color, size, style } = params;
  const { c, d, l } = columns;
  return {
    style,
    ...(l?.kind === 'text' ? { labels: l } : {}),
    ...(color === undefined || c === undefined
      ? {}
      : { color: colorChannel(columnOf(about.schema, color), c, params) }),
    ...(size === undefined
      ? {}
      : {
          size: {
            kind: 'number',
            label: labelOf(columnOf(about.schema, size)),
            scale: params.sizeScale,
            values: numbersOf(d),
          },
        }),
  };
}

function colorChannel(
  column: Column,
  data: NonNullable<Columns[string]>,
  { colorScale }: PointParameters,
): ColorChannel {
  const label = labelOf(column);
  return data.kind === 'text'
    ? { kind: 'text', label, codes: data.codes, dictionary: data.dictionary }
    : { kind: data.kind, label, scale: colorScale, values: data.values };
}

/** @throws Problem `invalid-parameter` where colours and their column do not go together */
export function checkPoints(
  { color, colorScale, palette, style }: PointParameters,
  schema: Schema,
): void {
  const kind = color === undefined ? null : kindOf(columnOf(schema, color));
  if (colorScale === 'log' && kind !== null && kind !== 'number') {
    throw Problem.field('invalid-parameter', 'params.colorScale', 'log needs a column of numbers');
  }
  const continuous = style === 'density' || kind === 'number' || kind === 'time';
  if (continuous && palette !== undefined && isCategorical(palette)) {
    throw Problem.field(
      'invalid-parameter',
      'params.palette',
      `${palette} is for categories, not for values`,
    );
  }
}

export function columnOf(schema: Schema, name: string): Column {
  const column = schema.columns.find((one) => one.name === name);
  if (column === undefined) throw Problem.field('unknown-column', 'params', `no column ${name}`);
  return column;
}
