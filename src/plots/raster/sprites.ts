/** An anti-aliased disc as coverage from 0 to 255; its centre is at (`half` + phase) in both directions. */
export interface Sprite {
  readonly side: number;
  readonly half: number;
  readonly coverage: Uint8Array;
}

const LINES = 8;

/** Radii that are told apart, numbered: steps of a sixteenth of a pixel, of an eighth from 4 on, of a quarter from 12 on. */
export function levelOf(radius: number): number {
  if (radius < 4) return Math.max(1, Math.round(radius * 16));
  return radius < 12 ? 64 + Math.round((radius - 4) * 8) : 128 + Math.round((radius - 12) * 4);
}

export function radiusOf(level: number): number {
  if (level < 64) return level / 16;
  return level < 128 ? 4 + (level - 64) / 8 : 12 + (level - 128) / 4;
}

/** Places of a centre within its pixel that are told apart, in each direction: small discs need more. */
export const phasesOf = (level: number): number => (level < 64 ? 16 : 8);

/**
 * A disc whose centre lies at this offset in its pixel. The coverage of a pixel is the mean of 8 lines through
 * it, each measured exactly.
 */
export function disc(radius: number, offsetX: number, offsetY: number): Sprite {
  const half = Math.ceil(radius + 1);
  const side = 2 * half + 1;
  const coverage = new Uint8Array(side * side);
  const sums = new Float64Array(side);
  for (let y = 0; y < side; y += 1) {
    sums.fill(0);
    for (let line = 0; line < LINES; line += 1) {
      const dy = y - half - offsetY + (line + 0.5) / LINES;
      const square = radius * radius - dy * dy;
      if (square > 0) addChord(sums, half + offsetX, Math.sqrt(square));
    }
    for (let x = 0; x < side; x += 1) {
      coverage[y * side + x] = Math.round(((sums[x] ?? 0) / LINES) * 255);
    }
  }
  return { side, half, coverage };
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

/** 16 x 16 places of a centre at most, by `16 * phaseY + phaseX`. */
export type Sheet = (Sprite | undefined)[];

const book: (Sheet | undefined)[] = [];
/** Larger discs are made for each picture: those that are kept are about 10 MB. */
const MOST_KEPT = 200;

/** The discs of a level, shared by all pictures; each is made when it is first needed. */
export function sheetOf(level: number): Sheet {
  const known = book[level];
  if (known !== undefined) return known;
  const sheet: Sheet = new Array<Sprite | undefined>(256).fill(undefined);
  if (level <= MOST_KEPT) book[level] = sheet;
  return sheet;
}
