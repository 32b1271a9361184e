import type { Layout, Raster } from '../plan.js';
import { CHANNELS, HALF, pixelOf, weightOf } from './blend.js';
import { blankRaster } from './blank.js';
import { parseColor } from './parse-color.js';
import {
  disc,
  levelOf,
  LINE_HEAD,
  PHASES,
  radiusOf,
  sheetOf,
  type Sheet,
  type Sprite,
} from './sprites.js';

/** Points to be stamped, in row order; positions and areas in CSS pixels, NaN is left out. */
export interface Stamps {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly colors: readonly string[];
  /** Index into the colours, by point. */
  readonly color: Uint16Array;
  /** By point, or one for all. */
  readonly area: Float32Array | number;
  readonly largest: number;
  readonly opacity: number;
  /** Nothing is drawn beyond the plot area. */
  readonly clip: boolean;
}

export type Area = Pick<Layout, 'width' | 'height' | 'scale' | 'left' | 'top'>;

/**
 * Draws many points as one image, as if each were a circle of Vega's: the same places, colours and
 * order, some fifty times faster.
 */
export function stamp(area: Area, stamps: Stamps): Raster {
  const { xs, ys, color, colors } = stamps;
  const { scale } = area;
  const margin = stamps.clip ? 0 : Math.ceil(Math.sqrt(stamps.largest) / 2 + 1);
  const raster = blankRaster(area, margin);
  const shiftX = area.left * scale - raster.left;
  const shiftY = area.top * scale - raster.top;
  const palette = Uint32Array.from(colors, (one) => pixelOf(parseColor(one)));
  const weights = Uint16Array.from({ length: 256 }, (_, coverage) =>
    weightOf(Math.round(coverage * stamps.opacity)),
  );
  const sheets = sheetsOf(stamps, scale);
  for (let i = 0; i < xs.length; i += 1) {
    const x = (xs[i] ?? NaN) * scale + shiftX;
    const y = (ys[i] ?? NaN) * scale + shiftY;
    if (!(x >= 0 && y >= 0 && x < raster.width && y < raster.height)) continue;
    const { level, sheet } = sheets(i);
    // The whole part chooses the pixel, the rest the disc.
    const partsX = Math.round(x * PHASES);
    const partsY = Math.round(y * PHASES);
    const phaseX = partsX % PHASES;
    const phaseY = partsY % PHASES;
    const sprite = (sheet[phaseY * PHASES + phaseX] ??= disc(
      radiusOf(level),
      phaseX / PHASES,
      phaseY / PHASES,
    ));
    const left = (partsX - phaseX) / PHASES - sprite.half;
    const top = (partsY - phaseY) / PHASES - sprite.half;
    put(raster, sprite, left, top, palette[color[i] ?? 0] ?? 0, weights);
  }
  return raster;
}

interface Sized {
  readonly level: number;
  readonly sheet: Sheet;
}

/** The discs for the size of a point. */
function sheetsOf({ area }: Stamps, scale: number): (i: number) => Sized {
  const known: (Sized | undefined)[] = [];
  const sized = (asked: number): Sized => {
    const level = levelOf((Math.sqrt(asked) / 2) * scale);
    return (known[level] ??= { level, sheet: sheetOf(level) });
  };
  if (typeof area !== 'number') return (i) => sized(area[i] ?? 0);
  const one = sized(area);
  return () => one;
}

/** The innermost loop: written out, since a call for each pixel takes half as long again. */
function put(
  { pixels, width, height }: Raster,
  sprite: Sprite,
  left: number,
  top: number,
  color: number,
  weights: Uint16Array,
): void {
  const { side, lines } = sprite;
  const low = color & CHANNELS;
  const high = (color >>> 8) & CHANNELS;
  const toY = Math.min(side, height - top);
  for (let row = Math.max(0, -top); row < toY; row += 1) {
    const line = row * (side + LINE_HEAD);
    const coverage = line + LINE_HEAD;
    const below = (top + row) * width + left;
    const to = Math.min(lines[line + 1] ?? 0, width - left);
    for (let column = Math.max(lines[line] ?? 0, -left); column < to; column += 1) {
      const weight = weights[lines[coverage + column] ?? 0] ?? 0;
      const rest = 256 - weight;
      const there = pixels[below + column] ?? 0;
      const mixedLow = (Math.imul(low, weight) + Math.imul(there & CHANNELS, rest) + HALF) >>> 8;
      const mixedHigh = Math.imul(high, weight) + Math.imul((there >>> 8) & CHANNELS, rest) + HALF;
      pixels[below + column] = (mixedLow & CHANNELS) | (mixedHigh & ~CHANNELS);
    }
  }
}
