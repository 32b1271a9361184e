import type { DatasetAbout, DatasetReader } from '../analyses/analysis.js';
import { quoteIdentifier } from '../data/identifier.js';
import type { ColumnData } from '../data/columns.js';
import { kindOf, type Column, type Schema } from '../data/schema.js';
import { Problem } from '../errors/problem.js';
import { endsOf, readRange } from './axis-ends.js';
import { checkSize, type PlotParameters } from './plot.parameters.js';
import type { ScaleType } from './choices.js';
import type { AxisRequest, Look, Rule } from './picture.js';
import { rulesOf } from './rules.parameters.js';

/** Column name, with its unit unless the name shows it already: `mass (g)`. */
export function labelOf({ name, unit }: Column): string {
  if (unit === undefined || unit === '' || name.includes(`(${unit})`)) return name;
  return `${name} (${unit})`;
}

/** The label of an axis of several columns, with the unit that they share. */
export function sharedLabel(schema: Schema, names: readonly string[]): string {
  const columns = schema.columns.filter(({ name }) => names.includes(name));
  const [first] = columns;
  if (first !== undefined && names.length === 1) return labelOf(first);
  const units = new Set(columns.map(({ unit }) => unit ?? ''));
  const [unit = ''] = units;
  return `${names.join(', ')}${units.size === 1 && unit !== '' ? ` (${unit})` : ''}`;
}

export function lookOf(params: PlotParameters, { title }: DatasetAbout, subject: string): Look {
  const { subtitle, theme, palette, legend, width, height, scale } = params;
  return {
    title: params.title ?? `${title}: ${subject}`,
    ...(subtitle === undefined ? {} : { subtitle }),
    ...(palette === undefined ? {} : { palette }),
    theme,
    legend,
    width,
    height,
    scale,
  };
}

/** The request for an axis of the given column. */
export function axisRequest(
  axis: 'x' | 'y',
  params: PlotParameters,
  column: Column,
  label = labelOf(column),
): AxisRequest {
  const x = axis === 'x';
  const given = x ? params.xLabel : params.yLabel;
  return {
    label: given ?? label,
    ...(given === undefined ? {} : { labelGiven: true }),
    scale: (x ? params.xScale : params.yScale) ?? defaultScale(column),
    ...endsOf(axis, params),
  };
}

/** The lines across a plot of these columns. */
export function requestedRules(
  params: PlotParameters & {
    readonly x: string;
    readonly y: readonly string[];
    readonly rules?: readonly Record<string, unknown>[];
  },
  schema: Schema,
): Rule[] {
  const scaleOf = (name: string): ScaleType => {
    const column = schema.columns.find((one) => one.name === name);
    return column === undefined ? 'linear' : defaultScale(column);
  };
  return rulesOf(params.rules, {
    x: params.xScale ?? scaleOf(params.x),
    y: params.yScale ?? scaleOf(params.y[0] ?? ''),
  });
}

const defaultScale = (column: Column): ScaleType => (kindOf(column) === 'time' ? 'time' : 'linear');

/**
 * Checks what the fields alone cannot: sizes, ranges, and scales against columns.
 * @throws Problem `invalid-parameter` or `unsuitable-column`
 */
export function checkAxes(
  params: PlotParameters,
  schema: Schema,
  x: readonly string[],
  y: readonly string[],
): void {
  checkSize(params);
  for (const [axis, names] of [
    ['x', x],
    ['y', y],
  ] as const) {
    const asked = axis === 'x' ? params.xScale : params.yScale;
    const columns = names.flatMap(
      (name) => schema.columns.find((column) => column.name === name) ?? [],
    );
    const scales = new Set(columns.map(defaultScale));
    if (scales.size > 1) {
      throw Problem.field(
        'unsuitable-column',
        `params.${axis}`,
        'times and numbers cannot share an axis',
      );
    }
    const time = scales.has('time');
    if (asked !== undefined && columns.length > 0 && time !== (asked === 'time')) {
      const message = time
        ? 'must be time for a column of times'
        : 'must be linear or log for a column of numbers';
      throw Problem.field('invalid-parameter', `params.${axis}Scale`, message);
    }
    readRange(axis, params, asked ?? (time ? 'time' : 'linear'));
  }
}

/** A column in a select list: numbers as doubles, truth values as text, the rest as it is. */
export function selected(dataset: DatasetReader, name: string, alias: string): string {
  const kind = kindOf(dataset.column(name));
  const cast = kind === 'number' ? '::DOUBLE' : kind === 'time' ? '' : '::VARCHAR';
  return `${quoteIdentifier(name)}${cast} AS ${alias}`;
}

/** The numbers of a column that was selected as numbers or times. */
export function numbersOf(column: ColumnData | undefined): Float64Array {
  if (column === undefined || column.kind === 'text') throw new Error('the query gave no numbers');
  return column.values;
}
