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
  const sums = new Float64Array(side);
  for (let y = 0; y < side; y += 1) {
    sums.fill(0);
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      const dy = y - half - offsetY + (sample + 0.5) / SAMPLES;
      const square = radius * radius - dy * dy;
      if (square > 0) addChord(sums, half + offsetX, Math.sqrt(square));
    }
    writeLine(lines, y * stride, sums);
  }
  return { side, half, lines };
}

/** Adds to each pixel of a line how much of it lies within `reach` of the centre. */
function addChord(sums: Float64Array, centre: number, reach: number): void {
  const from = centre - reach;
  const to = centre + reach;
  const last = Math.ceil(to);
  for (let x = Math.floor(from); x < last; x += 1) {
    sums[x] = (sums[x] ?? 0) + Math.min(x + 1, to) - Math.max(x, from);
  }
}

function writeLine(lines: Uint8Array, at: number, sums: Float64Array): void {
  let from = 0;
  while (from < sums.length && sums[from] === 0) from += 1;
  let to = from;
  for (; to < sums.length && (sums[to] ?? 0) > 0; to += 1) {
    lines[at + LINE_HEAD + to] = Math.round(((sums[to] ?? 0) / SAMPLES) * 255);
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
