import { axisOf, stepsAcross, stepsDown, type Axis } from './axis.js';
import { LOG_NOTE, some } from './counts.js';
import { isDrawable } from './extent.js';
import { groupAxis, valueEncoding } from './group-axis.js';
import { groupColors } from './group-colors.js';
import type { Bar, BarPicture } from './picture.js';
import type { Layer, Plan } from './plan.js';
import { themes } from './theme.js';

interface Placed {
  readonly bar: Bar;
  readonly from: number;
  readonly to: number;
}

/** Bars of values that the query computed; those of colours are stacked or stand side by side. */
export function barPlan(picture: BarPicture): Plan {
  const { look, groups, colors, value, bars, notes, stacked } = picture;
  const { sideways, encoding } = groupAxis(groups, look);
  const drawable = bars.filter((bar) => bar.value !== null && isDrawable(bar.value, value.scale));
  const hidden = bars.filter((bar) => bar.value !== null).length - drawable.length;
  const placed = stack(drawable, stacked && colors !== undefined);
  const axis = valueAxis(picture, placed, sideways ? stepsAcross(look) : stepsDown(look));
  const [foot] = axis.domain;
  const base = value.scale === 'log' || foot > 0 ? foot : Math.min(0, axis.domain[1]);
  const name = (list: readonly string[], i: number): string => list[i] ?? '';
  const data = placed.map(({ bar, from, to }) => ({
    g: name(groups.names, bar.group),
    a: from === 0 ? base : from,
    b: to,
    ...(colors === undefined ? {} : { c: name(colors.names, bar.color) }),
  }));
  return {
    layers: [barsLayer(picture, encoding, axis, sideways)],
    notes: [...notes, ...some(hidden, `${hidden === 1 ? 'bar' : 'bars'} ${LOG_NOTE}`)],
    empty: data.length === 0,
    fill: () => ({
      data: { bars: data },
      summary: {
        bars: bars.map((bar) => ({
          group: name(groups.names, bar.group),
          ...(colors === undefined ? {} : { color: name(colors.names, bar.color) }),
          rows: bar.rows,
          value: bar.value,
        })),
      },
    }),
  };
}

/** Where bars begin and end; negative ones are stacked downwards. */
function stack(bars: readonly Bar[], stacked: boolean): Placed[] {
  const tops = new Map<string, number>();
  return bars.map((bar) => {
    const value = bar.value ?? 0;
    if (!stacked) return { bar, from: 0, to: value };
    const side = `${String(bar.group)} ${String(value < 0)}`;
    const from = tops.get(side) ?? 0;
    tops.set(side, from + value);
    return { bar, from, to: from + value };
  });
}

function valueAxis({ value }: BarPicture, placed: readonly Placed[], steps: number): Axis {
  const ends = Float64Array.from(placed, ({ to }) => to);
  const log = value.scale === 'log';
  // Lengths are read from zero; on a logarithm from below the least bar.
  const zero = log ? ends.map((end) => end / 2) : new Float64Array(1);
  return { ...axisOf(value, [ends, zero], steps), labelled: placed.length > 0 };
}

function barsLayer(picture: BarPicture, encoding: Layer, axis: Axis, sideways: boolean): Layer {
  const { look, colors, stacked } = picture;
  const theme = themes[look.theme];
  const [along, across] = sideways ? ['y', 'x'] : ['x', 'y'];
  const beside = colors !== undefined && !stacked;
  return {
    name: 'bars',
    data: { name: 'bars' },
    mark: {
      type: 'bar',
      opacity: 0.92,
      clip: true,
      ...(stacked ? { stroke: theme.background, strokeWidth: 0.6 } : {}),
    },
    encoding: {
      [along]: encoding,
      [across]: { ...valueEncoding('b', axis, sideways), stack: null },
      [`${across}2`]: { field: 'a' },
      ...(beside
        ? {
            [`${along}Offset`]: {
              field: 'c',
              type: 'nominal',
              sort: null,
              scale: { domain: colors.names },
            },
          }
        : {}),
      color: groupColors(colors, look),
    },
  };
}
