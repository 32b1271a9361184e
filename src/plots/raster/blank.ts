import type { Layout, Raster } from '../plan.js';

/** Memory of the last raster, used again for the next: only one picture is drawn at a time (turns.ts). */
let kept = new Uint32Array(0);
/** Above, memory is not kept: 64 MB. */
const MOST_KEPT = 16_000_000;

/** A clear raster over the plot area and `margin` CSS pixels around it. */
export function blankRaster(
  { left, top, width, height, scale }: Pick<Layout, 'left' | 'top' | 'width' | 'height' | 'scale'>,
  margin: number,
): Raster {
  const from = [Math.floor((left - margin) * scale), Math.floor((top - margin) * scale)] as const;
  const columns = Math.ceil((left + width + margin) * scale) - from[0];
  const lines = Math.ceil((top + height + margin) * scale) - from[1];
  return {
    pixels: clear(columns * lines),
    width: columns,
    height: lines,
    left: from[0],
    top: from[1],
  };
}

function clear(length: number): Uint32Array {
  if (length > MOST_KEPT) return new Uint32Array(length);
  if (length > kept.length) {
    kept = new Uint32Array(length);
    return kept;
  }
  return kept.subarray(0, length).fill(0);
}
