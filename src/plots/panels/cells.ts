import type { Look, Picture } from '../picture.js';
import type { Layout } from '../plan.js';
import { typographyOf } from '../typography.js';

/** A panel and its place in the whole, in CSS pixels. */
export interface Cell {
  readonly picture: Picture;
  readonly look: Look;
  readonly left: number;
  readonly top: number;
  /** What its size has more than that of the others, for the legend of all. */
  readonly legend: Room;
}

/** Room at two sides, in CSS pixels. */
export interface Room {
  readonly right: number;
  readonly bottom: number;
}
export const NO_ROOM: Room = { right: 0, bottom: 0 };

interface Grid {
  readonly look: Look;
  readonly pictures: readonly Picture[];
  readonly columns: number;
  readonly legendAt?: number;
}

/**
 * The cells below the title of the whole. They begin at whole pixels, of the screen and of the PNG, where the
 * scale allows it: half pixels would blur their lines.
 */
export function cellsOf(
  { look, pictures, columns, legendAt }: Grid,
  base: Layout,
  legend: Room = NO_ROOM,
): Cell[] {
  const { padding, footed, foot } = typographyOf(look);
  const gap = Math.round(padding / 2);
  const rows = Math.ceil(pictures.length / columns);
  const top = Math.round(base.top) - gap;
  const bottom = footed ? foot + gap : 0;
  const width = Math.floor((look.width - 2 * gap - legend.right) / columns);
  const height = Math.floor((look.height - top - bottom - gap - legend.bottom) / rows);
  return pictures.map((picture, i) => ({
    picture,
    look: {
      ...picture.look,
      width: i === legendAt ? width + legend.right : width,
      height: i === legendAt ? height + legend.bottom : height,
      scale: look.scale,
      theme: look.theme,
      panel: true,
    },
    left: gap + (i % columns) * width,
    top: top + Math.floor(i / columns) * height,
    legend: i === legendAt ? legend : NO_ROOM,
  }));
}
