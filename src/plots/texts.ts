import type { Look } from './picture.js';
import type { Layer, Row } from './plan.js';
import { themes } from './theme.js';
import { typographyOf } from './typography.js';

/** A text in the plot area: its place in CSS pixels, and how it lies there. */
export interface PlacedText {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly align: 'left' | 'center' | 'right';
  readonly baseline: 'top' | 'middle' | 'bottom';
  /** Like the labels of an axis. */
  readonly quiet?: boolean;
}

const TEXTS = 'texts';

/** The rows of the layers of texts. */
export const textRows = (texts: readonly PlacedText[]): Record<string, readonly Row[]> => ({
  [TEXTS]: texts.map(({ quiet = false, ...text }) => ({ ...text, quiet })),
});

const HALO = 4;

/** Layers of texts, each on a halo of the background, so that it can be read over lines and points. */
export function textLayers(look: Look): Layer[] {
  const { background, text, quiet } = themes[look.theme];
  const mark = {
    type: 'text',
    aria: false,
    text: { expr: 'datum.text' },
    x: { expr: 'datum.x' },
    y: { expr: 'datum.y' },
    align: { expr: 'datum.align' },
    baseline: { expr: 'datum.baseline' },
    fontSize: typographyOf(look).label,
  };
  const data = { name: TEXTS };
  const halo = { fill: null, stroke: background, strokeWidth: HALO, strokeJoin: 'round' };
  return [
    { name: 'halos', data, mark: { ...mark, ...halo } },
    {
      name: 'words',
      data,
      mark: { ...mark, fill: { expr: `datum.quiet ? '${quiet}' : '${text}'` } },
    },
  ];
}
