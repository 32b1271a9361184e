import type { Look } from './picture.js';
import type { Layer, Plan, Sides } from './plan.js';
import { isRightToLeft } from './scripts.js';
import { textLines } from './text-lines.js';
import { configOf, themes, type Theme } from './theme.js';
import { typographyOf, type Typography } from './typography.js';

/** About the room of axis labels and title to the left of a plot area. */
const PANEL_LEFT = 44;
const NO_INSET = { left: 0, right: 0, top: 0, bottom: 0 };

/** The whole Vega-Lite specification of a picture: size, titles, foot, and the layers of its plan. */
export function frame(look: Look, plan: Plan, footer: string): Layer {
  const theme = themes[look.theme];
  const type = typographyOf(look);
  const { padding, lines } = type;
  const { inset = NO_INSET } = look;
  // The title of a panel begins above its plot area.
  const width = look.width - 2 * padding - (look.panel === true ? PANEL_LEFT : 0);
  const subtitle = [
    ...(look.subtitle === undefined ? [] : [look.subtitle]),
    ...(plan.notes.length === 0 ? [] : [plan.notes.join('; ')]),
  ].flatMap((text) => textLines(text, { width, size: type.subtitle, lines: 3 }));
  const foot = footLines(look, footer);
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: look.width,
    height: look.height,
    autosize: { type: 'fit', contains: 'padding' },
    padding: {
      left: padding + inset.left,
      right: padding + inset.right,
      top: padding,
      bottom: (foot.length === 0 ? padding : padding + type.foot + 8) + inset.bottom,
    },
    config: configOf(look),
    title: {
      ...(isRightToLeft(look.title) ? { anchor: 'end' } : {}),
      text: textLines(look.title, { width, size: type.title, weight: 600, lines }),
      ...(subtitle.length === 0 ? {} : { subtitle }),
      // Room above the plot area lies below the title, so that titles of panels are aligned too.
      ...(look.panel === true ? { offset: type.subtitle + inset.top } : {}),
    },
    params: [
      // The foot has no part in the layout: its text and place are set when that is done.
      { name: 'footText', value: '' },
      { name: 'footX', value: 0 },
      { name: 'footY', value: 50 },
      ...(plan.projection === undefined
        ? []
        : [
            // The world in a point, until the plot area is known.
            { name: 'mapScale', value: 1 },
            { name: 'mapTranslate', value: [50, 50] },
          ]),
    ],
    ...(plan.projection === undefined ? {} : { projection: plan.projection }),
    ...(plan.framed === true ? { view: { stroke: theme.axis, strokeWidth: 0.75 } } : {}),
    layer: [
      ...(plan.room === undefined ? [] : [roomLayer(plan.room)]),
      ...(look.untitled === undefined ? plan.layers : plan.layers.map(titledBy(look.untitled))),
      ...(plan.empty ? [nothing(theme)] : []),
      ...(foot.length === 0 ? [] : [footLayer(theme, type)]),
    ],
  };
}

/** Layers without the titles of some axes. */
const titledBy =
  (untitled: NonNullable<Look['untitled']>) =>
  (layer: Layer): Layer => {
    const { encoding } = layer as { readonly encoding?: Readonly<Record<string, Layer>> };
    if (encoding === undefined) return layer;
    const inner = Object.entries(encoding).map(([channel, definition]) =>
      (channel === 'x' && untitled.x) || (channel === 'y' && untitled.y)
        ? [channel, { ...definition, title: null }]
        : [channel, definition],
    );
    return { ...layer, encoding: Object.fromEntries(inner) as unknown };
  };

/** Keeps room for marks that reach out of the plot area, so that they do not move the title. */
const roomLayer = (room: number | Sides): Layer => {
  const { left, right, top, bottom } =
    typeof room === 'number' ? { left: room, right: room, top: room, bottom: room } : room;
  return {
    name: 'room',
    data: { values: [{}] },
    mark: {
      type: 'rect',
      opacity: 0,
      x: -left,
      y: -top,
      x2: { expr: `width + ${right}` },
      y2: { expr: `height + ${bottom}` },
    },
  };
};

/** The foot in at most one line, where there is room for it. */
export function footLines(look: Look, footer: string): string[] {
  const { padding, foot, footed } = typographyOf(look);
  const width = look.width - 2 * padding;
  return footed ? textLines(footer, { width, size: foot, lines: 1 }) : [];
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
const footLayer = (theme: Theme, { foot }: Typography): Layer => ({
  name: 'foot',
  data: { values: [{}] },
  mark: {
    type: 'text',
    text: { expr: 'footText' },
    align: 'left',
    baseline: 'alphabetic',
    fontSize: foot,
    color: theme.faint,
    x: { expr: 'footX' },
    y: { expr: 'footY' },
  },
});
