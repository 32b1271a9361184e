import type { Raster } from '../plan.js';
import { parseColor } from './parse-color.js';
import { disc, phasesOf, type Sprite } from './sprites.js';

/** Points to be stamped, in row order; positions and areas in CSS pixels, NaN is left out. */
export interface Stamps {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly colors: readonly string[];
  color(i: number): number;
  area(i: number): number;
  readonly largest: number;
  readonly opacity: number;
}

export interface Area {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
}

/** Discs of sizes in between are rounded to one of so many. */
const RADII = 64;

/**
 * Draws many points as one image, as if each were a circle of Vega's: the same places, colours and
 * order, some fifty times faster. Colours are mixed with premultiplied alpha.
 */
export function stamp(area: Area, stamps: Stamps): Raster {
  const { xs, ys, colors, largest, opacity } = stamps;
  const { scale } = area;
  const largestRadius = (Math.sqrt(largest) / 2) * scale;
  const margin = Math.ceil(largestRadius / scale + 1);
  const width = Math.round((area.width + 2 * margin) * scale);
  const height = Math.round((area.height + 2 * margin) * scale);
  const pixels = new Uint8ClampedArray(width * height * 4);
  const canvas: Canvas = { bytes: new Uint8Array(pixels.buffer), width, height };
  const sprites = spriteBook(largestRadius);
  const palette = colors.map(parseColor);
  for (let i = 0; i < xs.length; i += 1) {
    const x = ((xs[i] ?? NaN) + margin) * scale;
    const y = ((ys[i] ?? NaN) + margin) * scale;
    const color = palette[stamps.color(i)];
    if (!(x >= 0 && y >= 0 && x < width && y < height) || color === undefined) continue;
    const radius = (Math.sqrt(stamps.area(i)) / 2) * scale;
    blend(canvas, sprites(radius, x, y), color, opacity);
  }
  unmultiply(pixels);
  return { pixels, width, height, margin };
}

/** The pixels while they are mixed: premultiplied. */
interface Canvas {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

interface Placed {
  readonly sprite: Sprite;
  readonly left: number;
  readonly top: number;
}

/** Discs by radius and place within a pixel, each made once. */
function spriteBook(largest: number): (radius: number, x: number, y: number) => Placed {
  const book: Sprite[] = [];
  return (radius, x, y) => {
    const level = Math.max(1, Math.round((radius / largest) * RADII));
    const rounded = (level / RADII) * largest;
    const phases = phasesOf(rounded);
    // The whole part chooses the pixel, the rest the disc.
    const partsX = Math.round(x * phases);
    const partsY = Math.round(y * phases);
    const phaseX = partsX % phases;
    const phaseY = partsY % phases;
    const at = (level * 16 + phaseY) * 16 + phaseX;
    const sprite = (book[at] ??= disc(rounded, phaseX / phases, phaseY / phases));
    const left = (partsX - phaseX) / phases - sprite.half;
    const top = (partsY - phaseY) / phases - sprite.half;
    return { sprite, left, top };
  };
}

function blend(
  { bytes, width, height }: Canvas,
  { sprite: { side, coverage }, left, top }: Placed,
  color: number,
  opacity: number,
): void {
  const red = color >> 16;
  const green = (color >> 8) & 255;
  const blue = color & 255;
  // In whole numbers; a division by 255 is (t + t / 256) / 256, rounded by the 128 in t.
  const share = Math.round(opacity * 256);
  const fromX = Math.max(0, -left);
  const toX = Math.min(side, width - left);
  const toY = Math.min(side, height - top);
  for (let row = Math.max(0, -top); row < toY; row += 1) {
    let at = ((top + row) * width + left + fromX) * 4;
    for (let column = fromX; column < toX; column += 1, at += 4) {
      const alpha = ((coverage[row * side + column] ?? 0) * share) >> 8;
      if (alpha === 0) continue;
      const rest = 255 - alpha;
      let t = red * alpha + (bytes[at] ?? 0) * rest + 128;
      bytes[at] = (t + (t >> 8)) >> 8;
      t = green * alpha + (bytes[at + 1] ?? 0) * rest + 128;
      bytes[at + 1] = (t + (t >> 8)) >> 8;
      t = blue * alpha + (bytes[at + 2] ?? 0) * rest + 128;
      bytes[at + 2] = (t + (t >> 8)) >> 8;
      t = 255 * alpha + (bytes[at + 3] ?? 0) * rest + 128;
      bytes[at + 3] = (t + (t >> 8)) >> 8;
    }
  }
}

/** From premultiplied colours to the plain ones of ImageData and PNG. */
function unmultiply(pixels: Uint8ClampedArray): void {
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = pixels[at + 3] ?? 0;
    if (alpha === 0 || alpha === 255) continue;
    const factor = 255 / alpha;
    pixels[at] = (pixels[at] ?? 0) * factor;
    pixels[at + 1] = (pixels[at + 1] ?? 0) * factor;
    pixels[at + 2] = (pixels[at + 2] ?? 0) * factor;
  }
}
