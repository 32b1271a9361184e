import type { Counted } from './counts.js';
import type { Look, Points } from './picture.js';
import type { Layer, Layout, Plan, Row } from './plan.js';

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
  /** Layers below and above the points. */
  readonly below: readonly Layer[];
  readonly above: readonly Layer[];
  readonly projection?: Layer;
  readonly encoding: Layer;
  /** Position of a row in the fields of the encoding. */
  readonly fields: (row: number) => Row;
  /** Positions of the chosen rows in the plot area, in CSS pixels. */
  places(layout: Layout): { readonly xs: Float64Array; readonly ys: Float64Array };
  signals?(layout: Layout): Readonly<Record<string, unknown>>;
}

/** What every plan of points has. */
export const pointsBase = (
  { below, above, projection, chosen }: PointsRequest,
  layers: readonly Layer[],
): Pick<Plan, 'layers' | 'projection' | 'empty'> => ({
  layers: [...below, ...layers, ...above],
  ...(projection === undefined ? {} : { projection }),
  empty: chosen.length === 0,
});
