import { axisOf, labelling, positionEncoding, stepsAcross, stepsDown, ticksOf } from './axis.js';
import { gradientLength, legendOf } from './color.js';
import { LOG_NOTE, some } from './counts.js';
import { extentOf, isDrawable, openDomain } from './extent.js';
import { groupAxis } from './group-axis.js';
import { continuousScheme } from './palettes.js';
import type { Cell, DividedAxis, HeatmapPicture, Look } from './picture.js';
import type { Layer, Plan, Row } from './plan.js';
import { themes } from './theme.js';

/** Cells of bins or groups on two axes, coloured by a value that the query computed. */
export function heatmapPlan(picture: HeatmapPicture): Plan {
  const { look, x, y, color, cells, notes } = picture;
  const drawable = cells.filter(({ value }) => value !== null && isDrawable(value, color.scale));
  const hidden = cells.filter(({ value }) => value !== null).length - drawable.length;
  const labelled = drawable.length > 0;
  const encodings = [sideEncoding('x', x, look, labelled), sideEncoding('y', y, look, labelled)];
  const data = drawable.map((cell) => rowOf(cell, x, y));
  return {
    layers: [
      {
        name: 'cells',
        data: { name: 'cells' },
        mark: { type: 'rect', clip: true, aria: false, stroke: null },
        encoding: {
          ...Object.assign({}, ...encodings),
          color: colorEncoding(picture, drawable),
        },
      },
    ],
    notes: [...notes, ...some(hidden, `${hidden === 1 ? 'cell' : 'cells'} ${LOG_NOTE}`)],
    empty: !labelled,
    fill: () => ({
      data: { cells: data },
      summary: { cells: cells.map((cell) => ({ ...rowOf(cell, x, y), rows: cell.rows })) },
    }),
  };
}

/** The place of a cell: bins have two ends, groups a name. */
function rowOf({ x, y, value }: Cell, xs: DividedAxis, ys: DividedAxis): Row {
  return { ...place('x', x, xs), ...place('y', y, ys), v: value };
}

function place(side: 'x' | 'y', index: number, axis: DividedAxis): Row {
  if (axis.kind === 'groups') return { [side]: axis.groups.names[index] ?? '' };
  return { [side]: axis.edges[index] ?? null, [`${side}2`]: axis.edges[index + 1] ?? null };
}

function sideEncoding(side: 'x' | 'y', axis: DividedAxis, look: Look, labelled: boolean): Layer {
  if (axis.kind === 'groups') {
    const { encoding } = groupAxis(axis.groups, look, side);
    return {
      [side]: { ...encoding, field: side, scale: { domain: axis.groups.names, padding: 0 } },
    };
  }
  const { edges, axis: request } = axis;
  const steps = side === 'x' ? stepsAcross(look) : stepsDown(look);
  const ends = { min: edges[0] ?? 0, max: edges.at(-1) ?? 1 };
  const made = axisOf({ ...ends, ...request }, [Float64Array.from(edges)], steps);
  const encoding = positionEncoding(side, { ...made, labelled });
  const shown = { ...(encoding['axis'] as Layer), grid: false };
  return { [side]: { ...encoding, axis: shown }, [`${side}2`]: { field: `${side}2` } };
}

function colorEncoding({ look, color }: HeatmapPicture, cells: readonly Cell[]): Layer {
  const values = Float64Array.from(cells, ({ value }) => value ?? NaN);
  const domain = openDomain(extentOf([values], color.scale), color.scale);
  const ticks = ticksOf(domain, color.scale, 5);
  return {
    field: 'v',
    type: 'quantitative',
    title: color.label,
    scale: {
      type: color.scale,
      domain,
      nice: false,
      ...(color.scale === 'linear' ? { zero: false } : {}),
      scheme: continuousScheme(themes[look.theme], look.palette),
      clamp: true,
    },
    legend: legendOf(look, {
      gradientLength: gradientLength(look),
      ...(ticks === null ? {} : labelling(ticks)),
    }),
  };
}
