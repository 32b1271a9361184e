import type { Raster } from '../plan.js';
import { blankRaster } from './blank.js';
import { pixelOf } from './blend.js';
import { parseColor } from './parse-color.js';
import type { Area } from './stamp.js';

/** How many points lie in each cell of the plot area, row by row from the top. */
export interface Density {
  /** Side of a cell in CSS pixels. */
  readonly cell: number;
  readonly columns: number;
  readonly lines: number;
  readonly counts: Uint32Array;
  readonly largest: number;
}

export function densityOf(
  { width, height }: Pick<Area, 'width' | 'height'>,
  xs: Float64Array,
  ys: Float64Array,
  cell: number,
): Density {
  const columns = Math.max(1, Math.ceil(width / cell));
  const lines = Math.max(1, Math.ceil(height / cell));
  const counts = new Uint32Array(columns * lines);
  let largest = 0;
  for (let i = 0; i < xs.length; i += 1) {
    const x = xs[i] ?? NaN;
    const y = ys[i] ?? NaN;
    if (!(x >= 0 && y >= 0 && x <= width && y <= height)) continue;
    // The end of an axis belongs to the last cell.
    const column = Math.min(columns - 1, Math.floor(x / cell));
    const at = Math.min(lines - 1, Math.floor(y / cell)) * columns + column;
    const count = (counts[at] ?? 0) + 1;
    counts[at] = count;
    if (count > largest) largest = count;
  }
  return { cell, columns, lines, counts, largest };
}

/** The density as an image: empty cells are clear, the others have the colour of their count. */
export function densityRaster(
  { cell, columns, lines, counts }: Density,
  area: Area,
  color: (count: number) => string,
): Raster {
  const raster = blankRaster(area, 0);
  const { pixels, width, height } = raster;
  const side = cell * area.scale;
  const table = new Map<number, number>();
  for (let y = 0; y < height; y += 1) {
    const line = Math.min(lines - 1, Math.floor(y / side)) * columns;
    for (let x = 0; x < width; x += 1) {
      const count = counts[line + Math.min(columns - 1, Math.floor(x / side))] ?? 0;
      if (count === 0) continue;
      let pixel = table.get(count);
      if (pixel === undefined) {
        pixel = pixelOf(parseColor(color(count)));
        table.set(count, pixel);
      }
      pixels[y * width + x] = pixel;
    }
  }
  return raster;
}
