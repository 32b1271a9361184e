/**
 * An anti-aliased disc; its centre is at (`half` + offset) in both directions. Each line of `lines` holds the
 * first pixel that is covered, the one after the last, and the coverage of its pixels from 0 to 255.
 */
export interface Sprite {
  readonly side: number;
  readonly half: number;
  readonly lines: Uint8Array;
}

/** Numbers before the coverage of a line. */
export const LINE_HEAD = 2;
/** Places of a centre within its pixel that are told apart, in each direction. */
export const PHASES = 8;
const SAMPLES = 8;
/** From a radius of 4 pixels on, every other place is enough. */
const COARSE_LEVEL = 48;
export const coarsenessOf = (level: number): number => (level < COARSE_LEVEL ? 1 : 2);

/** Radii that are told apart, numbered: steps of a sixteenth of a pixel, of an eighth from 2 on, of a quarter from 12 on. */
export function levelOf(radius: number): number {
  if (radius < 2) return Math.max(1, Math.round(radius * 16));
  return radius < 12 ? 32 + Math.round((radius - 2) * 8) : 112 + Math.round((radius - 12) * 4);
}

export function radiusOf(level: number): number {
  if (level < 32) return level / 16;
  return level < 112 ? 2 + (level - 32) / 8 : 12 + (level - 112) / 4;
}

/**
 * A disc whose centre lies at this offset in its pixel. The coverage of a pixel is the mean of 8 lines through
 * it, each measured exactly.
 */
export function disc(radius: number, offsetX: number, offsetY: number): Sprite {
  const half = Math.ceil(radius + 1);
  const side = 2 * half + 1;
  const stride = side + LINE_HEAD;
  const lines = new Uint8Array(side * stride);
  const steps = new Float64Array(side + 1);
  for (let y = 0; y < side; y += 1) {
    steps.fill(0);
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      const dy = y - half - offsetY + (sample + 0.5) / SAMPLES;
      const square = radius * radius - dy * dy;
      if (square > 0) addChord(steps, half + offsetX, Math.sqrt(square));
    }
    writeLine(lines, y * stride, steps.subarray(0, side));
  }
  return { side, half, lines };
}

/**
 * Adds a chord, of which each pixel has as much as lies within `reach` of the centre: as the steps from pixel to pixel,
 * which are four however long it is.
 */
function addChord(steps: Float64Array, centre: number, reach: number): void {
  addEdge(steps, centre - reach, 1);
  addEdge(steps, centre + reach, -1);
}

/** From here on pixels are covered, or no more; the one in which it lies in part. */
function addEdge(steps: Float64Array, at: number, sign: 1 | -1): void {
  const pixel = Math.floor(at);
  const part = sign * (pixel + 1 - at);
  steps[pixel] = (steps[pixel] ?? 0) + part;
  steps[pixel + 1] = (steps[pixel + 1] ?? 0) + sign - part;
}

function writeLine(lines: Uint8Array, at: number, steps: Float64Array): void {
  let from = 0;
  while (from < steps.length && steps[from] === 0) from += 1;
  let to = from;
  let covered = 0;
  for (let x = from; x < steps.length; x += 1) {
    covered += steps[x] ?? 0;
    const coverage = Math.round((covered / SAMPLES) * 255);
    if (coverage > 0) to = x + 1;
    lines[at + LINE_HEAD + x] = coverage;
  }
  lines[at] = from;
  lines[at + 1] = to;
}

/** The discs of a radius, by `PHASES * phaseY + phaseX`. */
export type Sheet = (Sprite | undefined)[];

const book: (Sheet | undefined)[] = [];
/** Larger discs are made for each picture: those that are kept are a few MB. */
const MOST_KEPT = 180;

/** The discs of a level, shared by all pictures; each is made when it is first needed. */
export function sheetOf(level: number): Sheet {
  const known = book[level];
  if (known !== undefined) return known;
  const sheet: Sheet = new Array<Sprite | undefined>(PHASES * PHASES).fill(undefined);
  if (level <= MOST_KEPT) book[level] = sheet;
  return sheet;
}
