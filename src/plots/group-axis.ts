import { labelling, type Axis, ticksOf, TIME_LABELS } from './axis.js';
import { textWidth } from './fonts.js';
import type { Groups, Look } from './picture.js';
import type { Layer } from './plan.js';
import { textLines } from './text-lines.js';
import { typographyOf } from './typography.js';

/** How groups stand on an axis: below it, below it and turned, or beside it. */
export interface GroupAxis {
  readonly sideways: boolean;
  readonly encoding: Layer;
}

/** Pixels that a label beside the axis needs, and those of one that is turned. */
const LINE = 15;
const TURNED = 12;
/** Bars are not wider than these, however few there are. */
const WIDEST = 150;

/**
 * Short labels of few groups stand below the axis. Others lie beside it, where they can be read without
 * turning the head; the bars then lie too. Only where there is no room for a line each are they turned.
 */
export function groupAxis({ names, label }: Groups, look: Look, always?: 'x' | 'y'): GroupAxis {
  const { label: size } = typographyOf(look);
  const across = (look.width - 170) / Math.max(1, names.length);
  const down = (look.height - 130) / Math.max(1, names.length);
  const widest = Math.max(0, ...names.map((name) => textWidth(name, size)));
  const fits = widest + 8 <= across;
  const sideways = always === undefined ? !fits && down >= LINE : always === 'y';
  const turned = !sideways && !fits;
  const room = sideways ? down : across;
  const dense = room < (sideways ? LINE : TURNED);
  return {
    sideways,
    encoding: {
      field: 'g',
      type: 'nominal',
      title: label,
      sort: null,
      scale: {
        domain: names,
        paddingInner: Math.max(0.2, 1 - WIDEST / room),
        paddingOuter: Math.max(0.15, (1 - WIDEST / room) / 2),
      },
      axis: {
        grid: false,
        ticks: false,
        domain: !sideways,
        maxExtent: Math.max(look.width, look.height) / 2,
        ...(sideways ? wrapped(names, { width: look.width * 0.36, size, room: down }) : {}),
        ...(turned
          ? {
              labelAngle: -90,
              labelAlign: 'right',
              labelBaseline: 'middle',
              labelLimit: look.height * 0.3,
            }
          : { labelAngle: 0 }),
        ...(dense ? { labelOverlap: 'greedy', labelFontSize: Math.min(size, 9) } : {}),
      },
    },
  };
}

/** Names beside the axis: long ones in two lines, where two lines have room. */
function wrapped(
  names: readonly string[],
  { width, size, room }: { readonly width: number; readonly size: number; readonly room: number },
): Layer {
  const lines = room >= 2.6 * size ? 2 : 1;
  const long = names.filter((name) => textWidth(name, size) > width);
  const table = Object.fromEntries(
    long.map((name) => [name, textLines(name, { width, size, lines })]),
  );
  return {
    labelLimit: width,
    ...(long.length === 0
      ? {}
      : {
          labelExpr: `(${JSON.stringify(table)})[datum.value] || datum.value`,
          labelLineHeight: size * 1.2,
        }),
  };
}

/** The encoding of the values over groups: `y`, or `x` where the groups lie beside the axis. */
export function valueEncoding(field: string, axis: Axis, sideways: boolean): Layer {
  const ticks = ticksOf(axis.domain, axis.scale, axis.count);
  return {
    field,
    type: 'quantitative',
    title: axis.label,
    scale: {
      type: axis.scale,
      domain: axis.domain,
      nice: false,
      ...(axis.scale === 'linear' ? { zero: false } : {}),
    },
    axis: {
      ...(ticks === null ? { tickCount: axis.count, format: TIME_LABELS } : labelling(ticks)),
      ...(axis.labelled ? {} : { labels: false, ticks: false }),
      ...(sideways ? { domain: false, ticks: false } : {}),
      labelOverlap: 'greedy',
      labelFlush: false,
    },
  };
}
