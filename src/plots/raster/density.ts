import type { Raster } from '../plan.js';
import { parseColor } from './parse-color.js';
import type { Area } from './stamp.js';

/** How many points lie in each CSS pixel of the plot area, row by row from the top. */
export interface Density {
  readonly width: number;
  readonly height: number;
  readonly counts: Uint32Array;
  readonly largest: number;
}

export function densityOf({ width, height }: Area, xs: Float64Array, ys: Float64Array): Density {
  const columns = Math.max(1, Math.ceil(width));
  const lines = Math.max(1, Math.ceil(height));
  const counts = new Uint32Array(columns * lines);
  let largest = 0;
  for (let i = 0; i < xs.length; i += 1) {
    const x = xs[i] ?? NaN;
    const y = ys[i] ?? NaN;
    if (!(x >= 0 && y >= 0 && x <= width && y <= height)) continue;
    // The end of the axis belongs to the last pixel.
    const at = Math.min(lines - 1, Math.floor(y)) * columns + Math.min(columns - 1, Math.floor(x));
    const count = (counts[at] ?? 0) + 1;
    counts[at] = count;
    if (count > largest) largest = count;
  }
  return { width: columns, height: lines, counts, largest };
}

/** The density as an image: empty pixels are clear, the others have the colour of their count. */
export function densityRaster(
  { width, height, counts, largest }: Density,
  scale: number,
  color: (count: number) => string,
): Raster {
  const wide = Math.round(width * scale);
  const high = Math.round(height * scale);
  const pixels = new Uint8ClampedArray(wide * high * 4);
  const table = new Map<number, number>();
  for (let y = 0; y < high; y += 1) {
    const line = Math.min(height - 1, Math.floor(y / scale)) * width;
    for (let x = 0; x < wide; x += 1) {
      const count = counts[line + Math.min(width - 1, Math.floor(x / scale))] ?? 0;
      if (count === 0) continue;
      let rgb = table.get(count);
      if (rgb === undefined) {
        rgb = parseColor(color(Math.min(count, largest)));
        table.set(count, rgb);
      }
      const at = (y * wide + x) * 4;
      pixels[at] = rgb >> 16;
      pixels[at + 1] = (rgb >> 8) & 255;
      pixels[at + 2] = rgb & 255;
      pixels[at + 3] = 255;
    }
  }
  return { pixels, width: wide, height: high, margin: 0 };
}
