import type { Layout, Raster } from '../plan.js';
import { mixed, pixelOf, weightOf } from './blend.js';
import { blankRaster } from './blank.js';
import { parseColor } from './parse-color.js';
import { disc, levelOf, phasesOf, radiusOf, sheetOf, type Sheet, type Sprite } from './sprites.js';

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
    const phases = phasesOf(level);
    // The whole part chooses the pixel, the rest the disc.
    const partsX = Math.round(x * phases);
    const partsY = Math.round(y * phases);
    const phaseX = partsX % phases;
    const phaseY = partsY % phases;
    const sprite = (sheet[phaseY * 16 + phaseX] ??= disc(
      radiusOf(level),
      phaseX / phases,
      phaseY / phases,
    ));
    const left = (partsX - phaseX) / phases - sprite.half;
    const top = (partsY - phaseY) / phases - sprite.half;
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

function put(
  { pixels, width, height }: Raster,
  { side, coverage }: Sprite,
  left: number,
  top: number,
  color: number,
  weights: Uint16Array,
): void {
  const fromX = Math.max(0, -left);
  const toX = Math.min(side, width - left);
  const toY = Math.min(side, height - top);
  for (let row = Math.max(0, -top); row < toY; row += 1) {
    const line = row * side;
    const below = (top + row) * width + left;
    for (let column = fromX; column < toX; column += 1) {
      const weight = weights[coverage[line + column] ?? 0] ?? 0;
      if (weight === 0) continue;
      pixels[below + column] = mixed(pixels[below + column] ?? 0, color, weight);
    }
  }
}
