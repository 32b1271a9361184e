import type { Palette } from './palette.js';
import { isRepeated, signedOf, type Pixels } from './pixels.js';

/** Filters of a line: as it is, or as its difference from the line above (PNG specification, 9.2). */
const NONE = 0;
const UP = 2;

/** Above, memory is not kept for the next picture. */
const MOST_KEPT = 64_000_000;
let kept = new Uint8Array(0);

/** Memory for so many bytes, which stays valid until the next call. */
function memory(length: number): Uint8Array {
  if (length > MOST_KEPT) return new Uint8Array(length);
  if (length > kept.length) kept = new Uint8Array(length);
  return kept.subarray(0, length);
}

/** Lines of one byte a pixel. A line like the one above is nothing but zeros, which take almost no time to compress. */
export function indexedLines(image: Pixels, palette: Palette): Uint8Array {
  const { width, height } = image;
  const pixels = signedOf(image.pixels);
  const lines = memory(height * (width + 1));
  let at = 0;
  for (let line = 0; line < height; line += 1) {
    const begin = line * width;
    const same = isRepeated(image, line);
    lines[at] = same ? UP : NONE;
    at += 1;
    if (same) lines.fill(0, at, at + width);
    else {
      let last = 0;
      let index = 0;
      for (let x = 0; x < width; x += 1) {
        const pixel = pixels[begin + x] ?? 0;
        if (pixel !== last) {
          last = pixel;
          index = palette.indexOf(pixel);
        }
        lines[at + x] = index;
      }
    }
    at += width;
  }
  return lines;
}

/** Lines of red, green and blue, and opacity where that is wanted, as differences from the lines above. */
export function colorLines(image: Pixels, opaque: boolean): Uint8Array {
  const { width, height } = image;
  const pixels = signedOf(image.pixels);
  const lines = memory(height * (1 + width * (opaque ? 3 : 4)));
  let at = 0;
  for (let begin = 0; begin < width * height; begin += width) {
    lines[at] = UP;
    at += 1;
    for (let i = begin; i < begin + width; i += 1) {
      const pixel = pixels[i] ?? 0;
      const above = begin === 0 ? 0 : (pixels[i - width] ?? 0);
      // The elements of the array keep the low eight bits.
      lines[at] = pixel - above;
      lines[at + 1] = (pixel >>> 8) - (above >>> 8);
      lines[at + 2] = (pixel >>> 16) - (above >>> 16);
      if (!opaque) lines[at + 3] = (pixel >>> 24) - (above >>> 24);
      at += opaque ? 3 : 4;
    }
  }
  return lines;
}
