import { labelling, ticksOf } from './axis.js';
import { categoriesOf } from './categories.js';
import { some } from './counts.js';
import { extentOf, isDrawable, openDomain } from './extent.js';
import { categoryColors, continuousScheme, singleColor } from './palettes.js';
import type { ColorChannel, Look, ValueChannel } from './picture.js';
import type { Layer, Layout } from './plan.js';
import { themes } from './theme.js';

/** The colour of points, decided: the encoding for Vega, and the same colours for typed arrays. */
export interface Color {
  readonly encoding: Layer;
  readonly notes: readonly string[];
  /** The value of a row in the field `c` of Vega's data. */
  value(row: number): number | string | null;
  /** Colours by index, as CSS; made from Vega's own scale. */
  table(layout: Layout): readonly string[];
  /** Index into the table. */
  index(row: number): number;
}

export function colorOf(channel: ColorChannel | undefined, chosen: Int32Array, look: Look): Color {
  if (channel === undefined || chosen.length === 0) return plainColor(look);
  return channel.kind === 'text'
    ? categoryColor(channel, chosen, look)
    : valueColor(channel, chosen, look);
}

function plainColor({ theme, palette }: Look): Color {
  const color = singleColor(themes[theme], palette);
  return {
    encoding: { value: color },
    notes: [],
    value: () => null,
    table: () => [color],
    index: () => 0,
  };
}

function categoryColor(
  channel: Extract<ColorChannel, { kind: 'text' }>,
  chosen: Int32Array,
  look: Look,
): Color {
  const { names, distinct, indexes } = categoriesOf(channel, chosen);
  const grey = themes[look.theme].missing;
  const colors = names.map(
    (_, i) => categoryColors(distinct, themes[look.theme], look.palette)[i] ?? grey,
  );
  const bottom = look.legend === 'bottom';
  return {
    encoding: {
      field: 'c',
      type: 'nominal',
      title: channel.label,
      sort: null,
      scale: { domain: names, range: colors },
      legend: legendOf(look, {
        symbolType: 'circle',
        symbolOpacity: 1,
        symbolSize: 70,
        ...(bottom ? { columns: 6 } : {}),
      }),
    },
    notes: [],
    value: (row) => names[indexes[row] ?? 0] ?? null,
    table: () => colors,
    index: (row) => indexes[row] ?? 0,
  };
}

const SHADES = 256;

function valueColor(channel: ValueChannel, chosen: Int32Array, look: Look): Color {
  const { kind, label, values } = channel;
  const scale = kind === 'time' ? 'time' : channel.scale;
  const present = Float64Array.from(chosen, (row) => values[row] ?? NaN);
  const domain = openDomain(extentOf([present], scale), scale);
  const drawable = present.filter((value) => isDrawable(value, scale)).length;
  const missing = themes[look.theme].missing;
  const ticks = ticksOf(domain, scale, 5);
  const type = scale === 'time' ? 'utc' : scale;
  const shape = (value: number): number => (scale === 'log' ? Math.log(value) : value);
  const [start, end] = [shape(domain[0]), shape(domain[1])];
  const shade = (value: number): number =>
    Math.round(((shape(value) - start) / (end - start)) * (SHADES - 1));
  const at = (i: number): number => {
    const between = start + ((end - start) * i) / (SHADES - 1);
    return scale === 'log' ? Math.exp(between) : between;
  };
  return {
    encoding: {
      condition: {
        test: 'isValid(datum.c)',
        field: 'c',
        type: scale === 'time' ? 'temporal' : 'quantitative',
        title: label,
        scale: {
          type,
          domain,
          scheme: continuousScheme(themes[look.theme], look.palette),
          nice: false,
          ...(scale === 'linear' ? { zero: false } : {}),
          clamp: true,
        },
        legend: legendOf(look, {
          gradientLength: gradientLength(look),
          gradientOpacity: 1,
          ...(ticks === null ? { tickCount: 4 } : labelling(ticks)),
        }),
      },
      value: missing,
    },
    notes: missingNote(chosen.length - drawable, label, scale === 'log'),
    value: (row) => {
      const value = values[row] ?? NaN;
      return isDrawable(value, scale) ? value : null;
    },
    table: (layout) => [...Array.from({ length: SHADES }, (_, i) => layout.color(at(i))), missing],
    index: (row) => {
      const value = values[row] ?? NaN;
      return isDrawable(value, scale) ? shade(value) : SHADES;
    },
  };
}

function missingNote(n: number, label: string, log: boolean): string[] {
  return n === 0
    ? []
    : some(n, `in grey, ${log ? `${label} missing or not above 0` : `without ${label}`}`);
}

/** Length of a colour bar. */
export const gradientLength = ({ legend, width, height }: Look): number =>
  legend === 'bottom' ? Math.min(320, width / 2) : Math.min(220, height / 2.6);

/** A legend in its place, or none. */
export function legendOf({ legend }: Look, more: Layer): Layer | null {
  if (legend === 'none') return null;
  return {
    orient: legend,
    ...(legend === 'bottom' ? { direction: 'horizontal', titleOrient: 'top' } : {}),
    ...more,
  };
}
