import type { Raster } from '../plan.js';
import type { Surface } from '../drawing/surface.js';
import { signedOf } from '../png/pixels.js';

/**
 * Mixing of pixels, each one number in the memory order of RGBA (red lowest), colours multiplied by their
 * opacity. Two channels are mixed at once: 0x00bb00rr and 0x00aa00gg. Weights are of 256.
 */
export const CHANNELS = 0x00ff00ff;
/** Rounds both channels. */
export const HALF = 0x00800080;

/** Weight of 256 for an opacity from 0 to 255. */
export const weightOf = (opacity: number): number => opacity + (opacity >> 7);

/** A colour 0xrrggbb as an opaque pixel. */
export const pixelOf = (color: number): number =>
  (0xff000000 | ((color & 255) << 16) | (color & 0xff00) | (color >> 16)) >>> 0;

/** A source of this weight over what is there. */
export function mixed(below: number, source: number, weight: number): number {
  const rest = 256 - weight;
  const low =
    (Math.imul(source & CHANNELS, weight) + Math.imul(below & CHANNELS, rest) + HALF) >>> 8;
  const high =
    Math.imul((source >>> 8) & CHANNELS, weight) + Math.imul((below >>> 8) & CHANNELS, rest) + HALF;
  return (low & CHANNELS) | (high & ~CHANNELS);
}

/** Puts a raster over an opaque picture. */
export function overlay(surface: Surface, raster: Raster): void {
  const { width, height } = surface;
  const { left, top } = raster;
  const pixels = signedOf(surface.pixels);
  const sources = signedOf(raster.pixels);
  const fromX = Math.max(0, -left);
  const toX = Math.min(raster.width, width - left);
  const toY = Math.min(raster.height, height - top);
  for (let y = Math.max(0, -top); y < toY; y += 1) {
    const line = y * raster.width;
    const below = (top + y) * width + left;
    for (let x = fromX; x < toX; x += 1) {
      const source = sources[line + x] ?? 0;
      if (source === 0) continue;
      const opacity = source >>> 24;
      pixels[below + x] =
        opacity === 255 ? source : over(source, pixels[below + x] ?? 0, 256 - weightOf(opacity));
    }
  }
}

/** The source is multiplied already; the result is opaque. */
function over(source: number, below: number, rest: number): number {
  const low = ((Math.imul(below & CHANNELS, rest) + HALF) >>> 8) & CHANNELS;
  const high = ((Math.imul((below >>> 8) & CHANNELS, rest) + HALF) >>> 8) & CHANNELS;
  // Rounding may add one to a channel: none may run over into its neighbour.
  const red = Math.min(255, (source & 255) + (low & 255));
  const blue = Math.min(255, ((source >>> 16) & 255) + (low >>> 16));
  const green = Math.min(255, ((source >>> 8) & 255) + (high & 255));
  return 0xff000000 | (blue << 16) | (green << 8) | red;
}

/** From colours multiplied by their opacity to the plain ones of PNG. */
export function unmultiplied({ pixels, width, height }: Raster): Uint32Array {
  const plain = new Uint32Array(width * height);
  for (let i = 0; i < pixels.length; i += 1) {
    const pixel = pixels[i] ?? 0;
    const opacity = pixel >>> 24;
    if (opacity === 0) continue;
    if (opacity === 255) plain[i] = pixel;
    else {
      const factor = 255 / opacity;
      const red = Math.min(255, Math.round((pixel & 255) * factor));
      const green = Math.min(255, Math.round(((pixel >>> 8) & 255) * factor));
      const blue = Math.min(255, Math.round(((pixel >>> 16) & 255) * factor));
      plain[i] = (opacity << 24) | (blue << 16) | (green << 8) | red;
    }
  }
  return plain;
}
