import type { Counted } from './counts.js';
import type { Marks } from './marks.js';
import type { Points } from './channels.js';
import type { Look } from './picture.js';
import type { Layer, Layout, Plan, Row } from './plan.js';
import { textLayers, textRows, type PlacedText } from './texts.js';

/** Points on whatever plane: the axes of a scatter plot, or a map. */
export interface PointsRequest {
  readonly look: Look;
  readonly points: Points;
  /** The rows that are drawn, in order, and the number of all rows. */
  readonly chosen: Int32Array;
  readonly total: number;
  readonly counted: Counted;
  /** Why the other rows are not drawn. */
  readonly left: readonly string[];
  /** Layers below the points. */
  readonly below: readonly Layer[];
  readonly projection?: Layer;
  readonly encoding: Layer;
  /** Whether points are cut off at the sides of the plot area. */
  readonly clip: boolean;
  /** Position of a row in the fields of the encoding. */
  readonly fields: (row: number) => Row;
  /** Positions of the chosen rows in the plot area, in CSS pixels. */
  places(layout: Layout): { readonly xs: Float64Array; readonly ys: Float64Array };
  /** Handmade marks of the layers below, by their names. */
  world?(layout: Layout): Readonly<Record<string, Marks>>;
  signals?(layout: Layout): Readonly<Record<string, unknown>>;
  readonly over?: Over;
}

/** What is drawn over the points: layers with their rows, and texts. */
export interface Over {
  readonly layers: readonly Layer[];
  readonly rows: Readonly<Record<string, readonly Row[]>>;
  texts(layout: Layout): readonly PlacedText[];
  /** Whether it lies in the plot area, and not around it. */
  readonly inside: boolean;
  /** What the alternative text says of it. */
  readonly words: readonly string[];
}

/** What every plan of points has. */
export const pointsBase = (
  { below, projection, chosen, over, look }: PointsRequest,
  layers: readonly Layer[],
): Pick<Plan, 'layers' | 'projection' | 'empty' | 'handmade' | 'over' | 'words'> => ({
  layers: [
    ...below,
    ...layers,
    ...(over === undefined ? [] : [...over.layers, ...textLayers(look)]),
  ],
  over: over?.inside === true,
  words: over?.words ?? [],
  ...(projection === undefined ? {} : { projection }),
  empty: chosen.length === 0,
  handmade: [...below.map(({ name }) => String(name)), 'points'],
});

/** The rows of what is drawn over the points. */
export const overRows = (
  { over }: PointsRequest,
  layout: Layout,
): Readonly<Record<string, readonly Row[]>> =>
  over === undefined ? {} : { ...over.rows, ...textRows(over.texts(layout)) };
