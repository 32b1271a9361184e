import type { Raster } from '../plan.js';
import { parseColor } from './parse-color.js';
import { PHASES, spritesOf, type Sprite } from './sprites.js';

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
const RADII = 48;

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
  const sets = new Map<number, readonly Sprite[]>();
  const alpha = Math.round(opacity * 256);
  const palette = colors.map(parseColor);
  for (let i = 0; i < xs.length; i += 1) {
    const x = ((xs[i] ?? NaN) + margin) * scale;
    const y = ((ys[i] ?? NaN) + margin) * scale;
    const color = palette[stamps.color(i)];
    if (!(x >= 0 && y >= 0 && x < width && y < height) || color === undefined) continue;
    const radius = (Math.sqrt(stamps.area(i)) / 2) * scale;
    const level = Math.max(1, Math.round((radius / largestRadius) * RADII));
    let sprites = sets.get(level);
    if (sprites === undefined) {
      sprites = spritesOf((level / RADII) * largestRadius);
      sets.set(level, sprites);
    }
    blend(pixels, width, height, x, y, sprites, color, alpha);
  }
  unmultiply(pixels);
  return { pixels, width, height, margin };
}

function blend(
  pixels: Uint8ClampedArray,
  width: number,
  height: number,
  x: number,
  y: number,
  sprites: readonly Sprite[],
  color: number,
  alpha: number,
): void {
  // To the nearest eighth: the whole part chooses the pixel, the eighths the sprite.
  const eighthsX = Math.round(x * PHASES);
  const eighthsY = Math.round(y * PHASES);
  const sprite = sprites[(eighthsY & 7) * PHASES + (eighthsX & 7)];
  if (sprite === undefined) return;
  const { side, half, coverage } = sprite;
  const left = (eighthsX >> 3) - half;
  const top = (eighthsY >> 3) - half;
  const red = color >> 16;
  const green = (color >> 8) & 255;
  const blue = color & 255;
  const fromX = Math.max(0, -left);
  const toX = Math.min(side, width - left);
  const toY = Math.min(side, height - top);
  for (let row = Math.max(0, -top); row < toY; row += 1) {
    let at = ((top + row) * width + left + fromX) * 4;
    for (let column = fromX; column < toX; column += 1, at += 4) {
      const cover = (coverage[row * side + column] ?? 0) * alpha;
      if (cover === 0) continue;
      // cover is of 255 * 256 = 65,280
      const a = cover / 65_280;
      const rest = 1 - a;
      pixels[at] = red * a + (pixels[at] ?? 0) * rest;
      pixels[at + 1] = green * a + (pixels[at + 1] ?? 0) * rest;
      pixels[at + 2] = blue * a + (pixels[at + 2] ?? 0) * rest;
      pixels[at + 3] = 255 * a + (pixels[at + 3] ?? 0) * rest;
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
