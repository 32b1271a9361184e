import { legendOf } from './color.js';
import { categoryColors, singleColor } from './palettes.js';
import type { Groups, Look } from './picture.js';
import type { Layer } from './plan.js';
import { themes } from './theme.js';

/** The colour of bars and boxes: by group of a second column, or one for all. */
export function groupColors(colors: Groups | undefined, look: Look): Layer {
  const theme = themes[look.theme];
  if (colors === undefined) return { value: singleColor(theme, look.palette) };
  const own = categoryColors(colors.distinct, theme, look.palette);
  return {
    field: 'c',
    type: 'nominal',
    title: colors.label,
    sort: null,
    scale: { domain: colors.names, range: colors.names.map((_, i) => own[i] ?? theme.missing) },
    legend: legendOf(look, {
      symbolType: 'square',
      symbolOpacity: 1,
      symbolSize: 90,
      ...(look.legend === 'bottom' ? { columns: 6 } : {}),
    }),
  };
}
