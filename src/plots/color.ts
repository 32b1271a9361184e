import { labelling, ticksOf, TIME_LABELS } from './axis.js';
import { categoriesOf } from './categories.js';
import { channelScale, encodedScale } from './channel-scale.js';
import { some } from './counts.js';
import { categoryColors, continuousScheme, singleColor } from './palettes.js';
import type { ColorChannel, ValueChannel } from './channels.js';
import type { Look } from './picture.js';
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
  /** Index into the table, by chosen row. */
  indexes(): Uint16Array;
}

export function colorOf(channel: ColorChannel | undefined, chosen: Int32Array, look: Look): Color {
  if (channel === undefined || chosen.length === 0) return plainColor(chosen.length, look);
  return channel.kind === 'text'
    ? categoryColor(channel, chosen, look)
    : valueColor(channel, chosen, look);
}

function plainColor(points: number, { theme, palette }: Look): Color {
  const color = singleColor(themes[theme], palette);
  return {
    encoding: { value: color },
    notes: [],
    value: () => null,
    table: () => [color],
    indexes: () => new Uint16Array(points),
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
    indexes: () => {
      const own = new Uint16Array(chosen.length);
      for (let i = 0; i < chosen.length; i += 1) own[i] = indexes[chosen[i] ?? 0] ?? 0;
      return own;
    },
  };
}

const SHADES = 256;

function valueColor(channel: ValueChannel, chosen: Int32Array, look: Look): Color {
  const { label } = channel;
  const values = channelScale(channel, chosen);
  const { scale, domain } = values;
  const theme = themes[look.theme];
  const ticks = ticksOf(domain, scale, 5);
  const shades = Array.from({ length: SHADES }, (_, i) => values.at(i / (SHADES - 1)));
  return {
    encoding: {
      condition: {
        test: 'isValid(datum.c)',
        field: 'c',
        type: scale === 'time' ? 'temporal' : 'quantitative',
        title: label,
        scale: {
          ...encodedScale(values),
          scheme: continuousScheme(theme, look.palette),
          clamp: true,
        },
        legend: legendOf(look, {
          gradientLength: gradientLength(look),
          gradientOpacity: 1,
          ...(ticks === null ? { tickCount: 4, format: TIME_LABELS } : labelling(ticks)),
        }),
      },
      value: theme.missing,
    },
    notes: missingNote(values.missing, label, scale === 'log'),
    value: (row) => values.value(row),
    table: (layout) => [...shades.map((value) => layout.color(value)), theme.missing],
    indexes: () => {
      const shares = values.shares();
      const own = new Uint16Array(shares.length);
      for (let i = 0; i < shares.length; i += 1) {
        const share = shares[i] ?? NaN;
        own[i] = Number.isNaN(share) ? SHADES : (share * (SHADES - 1) + 0.5) | 0;
      }
      return own;
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
