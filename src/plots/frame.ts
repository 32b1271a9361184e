import type { Look } from './picture.js';
import type { Layer, Plan } from './plan.js';
import { textLines } from './text-lines.js';
import { configOf, themes, type Theme } from './theme.js';
import { typographyOf, type Typography } from './typography.js';

/** The whole Vega-Lite specification of a picture: size, titles, foot, and the layers of its plan. */
export function frame(look: Look, plan: Plan, footer: string): Layer {
  const theme = themes[look.theme];
  const type = typographyOf(look);
  const { padding, lines } = type;
  const width = look.width - 2 * padding;
  const subtitle = [
    ...(look.subtitle === undefined ? [] : [look.subtitle]),
    ...(plan.notes.length === 0 ? [] : [plan.notes.join('; ')]),
  ].flatMap((text) => textLines(text, { width, size: type.subtitle, lines: 3 }));
  const foot = type.footed ? textLines(footer, { width, size: type.foot, lines: 1 }) : [];
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: look.width,
    height: look.height,
    autosize: { type: 'fit', contains: 'padding' },
    padding: {
      left: padding,
      right: padding,
      top: padding,
      bottom: foot.length === 0 ? padding : padding + type.foot + 8,
    },
    config: configOf(look),
    title: {
      text: textLines(look.title, { width, size: type.title, weight: 600, lines }),
      ...(subtitle.length === 0 ? {} : { subtitle }),
    },
    params: [
      { name: 'footX', value: 0 },
      { name: 'footY', value: 0 },
      ...(plan.projection === undefined
        ? []
        : [
            { name: 'mapScale', value: 100 },
            { name: 'mapTranslate', value: [0, 0] },
          ]),
    ],
    ...(plan.projection === undefined ? {} : { projection: plan.projection }),
    ...(plan.framed === true ? { view: { stroke: theme.axis, strokeWidth: 0.75 } } : {}),
    layer: [
      ...plan.layers,
      ...(plan.empty ? [nothing(theme)] : []),
      ...foot.map((line) => footLayer(line, theme, type)),
    ],
  };
}

const nothing = (theme: Theme): Layer => ({
  name: 'nothing',
  data: { values: [{}] },
  mark: {
    type: 'text',
    text: 'No data in this selection',
    fontSize: 14,
    color: theme.quiet,
    x: { expr: 'width / 2' },
    y: { expr: 'height / 2' },
  },
});

/** Where the data come from; placed below everything else once the frame is laid out. */
const footLayer = (text: string, theme: Theme, { foot }: Typography): Layer => ({
  name: 'foot',
  data: { values: [{}] },
  mark: {
    type: 'text',
    text,
    align: 'left',
    baseline: 'alphabetic',
    fontSize: foot,
    color: theme.faint,
    x: { expr: 'footX' },
    y: { expr: 'footY' },
  },
});
