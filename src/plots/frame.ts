import type { Look } from './picture.js';
import type { Layer, Plan } from './plan.js';
import { textLines } from './text-lines.js';
import {
  FOOTER_SIZE,
  PADDING,
  SUBTITLE_SIZE,
  themeConfig,
  themes,
  TITLE_SIZE,
  type Theme,
} from './theme.js';

/** The whole Vega-Lite specification of a picture: size, titles, foot, and the layers of its plan. */
export function frame(look: Look, plan: Plan, footer: string): Layer {
  const theme = themes[look.theme];
  const width = look.width - 2 * PADDING;
  const subtitle = [
    ...(look.subtitle === undefined ? [] : [look.subtitle]),
    ...(plan.notes.length === 0 ? [] : [plan.notes.join('; ')]),
  ].flatMap((text) => textLines(text, { width, size: SUBTITLE_SIZE, lines: 2 }));
  const foot = textLines(footer, { width, size: FOOTER_SIZE, lines: 1 });
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: look.width,
    height: look.height,
    autosize: { type: 'fit', contains: 'padding' },
    padding: {
      left: PADDING,
      right: PADDING,
      top: PADDING,
      bottom: foot.length === 0 ? PADDING : PADDING + FOOTER_SIZE + 8,
    },
    config: themeConfig(theme),
    title: {
      text: textLines(look.title, { width, size: TITLE_SIZE, weight: 600, lines: 2 }),
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
    layer: [
      ...plan.layers,
      ...(plan.empty ? [nothing(theme)] : []),
      ...foot.map((line) => footLayer(line, theme)),
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
const footLayer = (text: string, theme: Theme): Layer => ({
  name: 'foot',
  data: { values: [{}] },
  mark: {
    type: 'text',
    text,
    align: 'left',
    baseline: 'alphabetic',
    fontSize: FOOTER_SIZE,
    color: theme.faint,
    x: { expr: 'footX' },
    y: { expr: 'footY' },
  },
});
