import type { Raster } from '../plan.js';

/** Where a raster is opaque: how many pixels of each square of it are not yet. */
export interface Cover {
  readonly columns: number;
  readonly open: Uint16Array;
}

/** Pixels along the side of a square, as a shift. */
const SHIFT = 4;
const SIDE = 1 << SHIFT;

/** Of a clear raster. */
export function coverOf({ width, height }: Pick<Raster, 'width' | 'height'>): Cover {
  const columns = Math.ceil(width / SIDE);
  const lines = Math.ceil(height / SIDE);
  const open = new Uint16Array(columns * lines);
  for (let i = 0; i < open.length; i += 1) {
    const left = (i % columns) * SIDE;
    const top = Math.floor(i / columns) * SIDE;
    open[i] = Math.min(SIDE, width - left) * Math.min(SIDE, height - top);
  }
  return { columns, open };
}

/** Marks a pixel as opaque; once only. */
export function close({ columns, open }: Cover, x: number, y: number): void {
  const square = (y >> SHIFT) * columns + (x >> SHIFT);
  open[square] = (open[square] ?? 0) - 1;
}

/** Whether everything around a pixel is opaque, as far as `reach` pixels from it. */
export function isCovered({ columns, open }: Cover, x: number, y: number, reach: number): boolean {
  const fromX = Math.max(0, x - reach) >> SHIFT;
  const toX = Math.min(columns - 1, (x + reach) >> SHIFT);
  const toY = Math.min(open.length / columns - 1, (y + reach) >> SHIFT);
  for (let line = Math.max(0, y - reach) >> SHIFT; line <= toY; line += 1) {
    for (let column = fromX; column <= toX; column += 1) {
      if (open[line * columns + column] !== 0) return false;
    }
  }
  return true;
}
