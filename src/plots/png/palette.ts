import { isRepeated, signedOf, type Pixels } from './pixels.js';

/** Up to 256 colours that stand for all colours of a picture. */
export interface Palette {
  /** Pixels in the memory order of RGBA. */
  readonly colors: readonly number[];
  /** Index of the colour that stands for that of a pixel. */
  indexOf(pixel: number): number;
}

/** Colours of a PNG with a palette. */
const MOST_KEPT = 256;
/** With more, a picture is no drawing of a few colours. */
const MOST_COLORS = 2_048;
/**
 * Steps of 255 by which a rare shade may be off in its red, green or blue, tried in turn: less than anyone sees at
 * the edge of a letter.
 */
const TOLERANCES = [0, 2, 4] as const;
const OPAQUE = 0xff000000;
/** Places of the hash table, four for each colour. */
const BITS = 13;

/** Pixels of each colour in lines that do not repeat, by their place in a hash table. */
interface Counts {
  readonly keys: Int32Array;
  readonly counts: Uint32Array;
}

/**
 * The palette of a picture, whose opacity does not count; null where 256 colours are too few. The most frequent
 * colours are kept as they are; rare shades of smoothed edges become the kept colour next to them.
 */
export function paletteOf(image: Pixels): Palette | 'too many' | null {
  const found = counted(image);
  if (found === null) return 'too many';
  const { keys, counts } = found;
  const slots = [...keys.keys()].filter((slot) => keys[slot] !== 0);
  // Of equally frequent colours always the same ones are kept.
  slots.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || (keys[a] ?? 0) - (keys[b] ?? 0));
  for (const tolerance of TOLERANCES) {
    const indexes = new Uint8Array(keys.length);
    const colors = keptOf(keys, slots, tolerance, indexes);
    if (colors === null) continue;
    return {
      colors,
      indexOf: (pixel: number) => indexes[slotOf(keys, pixel | OPAQUE)] ?? 0,
    };
  }
  return null;
}

/** The colours that are kept, the index of each slot beside; null where there are too many. */
function keptOf(
  keys: Int32Array,
  slots: readonly number[],
  tolerance: number,
  indexes: Uint8Array,
): number[] | null {
  const kept: number[] = [];
  for (const slot of slots) {
    const color = keys[slot] ?? 0;
    let index = 0;
    while (index < kept.length && !isNear(color, kept[index] ?? 0, tolerance)) index += 1;
    if (index === MOST_KEPT) return null;
    if (index === kept.length) kept.push(color);
    indexes[slot] = index;
  }
  return kept;
}

const isNear = (one: number, other: number, tolerance: number): boolean =>
  Math.abs((one & 255) - (other & 255)) <= tolerance &&
  Math.abs(((one >>> 8) & 255) - ((other >>> 8) & 255)) <= tolerance &&
  Math.abs(((one >>> 16) & 255) - ((other >>> 16) & 255)) <= tolerance;

function counted(image: Pixels): Counts | null {
  const { width, height } = image;
  const keys = new Int32Array(2 ** BITS);
  const counts = new Uint32Array(2 ** BITS);
  const pixels = signedOf(image.pixels);
  let distinct = 0;
  for (let line = 0; line < height; line += 1) {
    if (isRepeated(image, line)) continue;
    const end = (line + 1) * width;
    let begin = line * width;
    for (let i = begin; i < end; i += 1) {
      const pixel = pixels[i] ?? 0;
      if (i + 1 < end && pixels[i + 1] === pixel) continue;
      const color = pixel | OPAQUE;
      const slot = slotOf(keys, color);
      if (keys[slot] === 0) {
        distinct += 1;
        if (distinct > MOST_COLORS) return null;
        keys[slot] = color;
      }
      counts[slot] = (counts[slot] ?? 0) + i + 1 - begin;
      begin = i + 1;
    }
  }
  return { keys, counts };
}

/** The place of a pixel, or the free one where it belongs; opaque pixels are never 0. */
function slotOf(keys: Int32Array, pixel: number): number {
  let slot = Math.imul(pixel, 0x9e3779b1) >>> (32 - BITS);
  while (keys[slot] !== 0 && keys[slot] !== pixel) slot = (slot + 1) & (2 ** BITS - 1);
  return slot;
}
