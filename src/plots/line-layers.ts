import { positionEncoding, type Axis } from './axis.js';
import { legendOf } from './color.js';
import { DOT_AREA, SHAPE_AREA, type LineLooks } from './line-marks.js';
import { formColor } from './line-style.js';
import { categoryColors, singleColor } from './palettes.js';
import type { LinePicture, Look } from './picture.js';
import type { Layer } from './plan.js';
import { themes } from './theme.js';

/** Colours of C0 to C9 in style strings. */
const PALETTE = 10;

export interface LineLayers {
  readonly look: Look;
  readonly seriesLabel: string;
  readonly names: readonly string[];
  readonly xAxis: Axis;
  readonly yAxis: Axis;
  readonly looks: LineLooks;
  /** Several lines have one name. */
  readonly repeated: boolean;
}

/** The looks of so many lines; forms are taken in turn. */
export function looksOf({ look, forms }: LinePicture, lines: number, points: number): LineLooks {
  const theme = themes[look.theme];
  const own =
    lines <= 1 ? [singleColor(theme, look.palette)] : categoryColors(lines, theme, look.palette);
  const palette = categoryColors(PALETTE, theme, look.palette);
  const each = own.map((_, i) => forms[i % forms.length] ?? { form: 'line' as const });
  return {
    colors: own.map((color, i) => formColor(each[i] ?? { form: 'line' }, color, theme, palette)),
    forms: each,
    width: lines > 4 ? 1.4 : 1.7,
    // Many points: joins cannot be seen, and round ones take long.
    join: points > 2_000 ? 'bevel' : 'round',
  };
}

/** The looks of lines, by the indexes of their names. */
export const looksOfLines = (looks: LineLooks, names: readonly number[]): LineLooks => ({
  ...looks,
  colors: names.map((i) => looks.colors[i] ?? ''),
  forms: names.map((i) => looks.forms[i] ?? { form: 'line' as const }),
});

/** Layers of lines and of dots, as the published specification has them; their marks are ours. */
export function lineLayers({
  look,
  seriesLabel,
  names,
  xAxis,
  yAxis,
  looks,
  repeated,
}: LineLayers): Layer[] {
  const several = names.length > 1;
  const legend = several
    ? legendOf(look, { symbolType: 'stroke', symbolStrokeWidth: 2.5, symbolSize: 160 })
    : null;
  const byName = (range: readonly unknown[], shown: Layer | null): Layer => ({
    field: 'c',
    type: 'nominal',
    title: seriesLabel,
    sort: null,
    scale: { domain: names, range },
    legend: shown,
  });
  const { forms, colors } = looks;
  const encoding = {
    x: positionEncoding('a', xAxis),
    y: positionEncoding('b', yAxis),
    color: byName(colors, legend),
  };
  const dashed = forms.some(({ dash }) => dash !== undefined);
  const dashes = forms.map(({ dash }) => dash ?? [1, 0]);
  const shapes = forms.map(({ marker }) => marker ?? 'circle');
  const shaped = shapes.some((shape) => shape !== 'circle');
  const data = { name: 'lines' };
  return [
    {
      name: 'lines',
      data,
      mark: {
        type: 'line',
        aria: false,
        strokeWidth: looks.width,
        strokeJoin: looks.join,
        clip: true,
        invalid: 'break-paths-show-domains',
        interpolate: forms.some(({ form }) => form === 'step') ? 'step-after' : 'linear',
      },
      encoding: {
        ...encoding,
        ...(dashed ? { strokeDash: byName(dashes, several ? legend : null) } : {}),
        ...(forms.some(({ form }) => form === 'dots')
          ? {
              opacity: byName(
                forms.map(({ form }) => (form === 'dots' ? 0 : 1)),
                null,
              ),
            }
          : {}),
        ...(repeated ? { detail: { field: 's', type: 'nominal' } } : {}),
        order: { value: null },
      },
    },
    {
      name: 'dots',
      data,
      transform: [{ filter: 'datum.p' }],
      mark: {
        type: 'point',
        aria: false,
        filled: true,
        ...(shaped ? {} : { shape: 'circle' }),
        size: shaped ? SHAPE_AREA : DOT_AREA,
        opacity: 1,
      },
      encoding: shaped ? { ...encoding, shape: byName(shapes, null) } : encoding,
    },
  ];
}
