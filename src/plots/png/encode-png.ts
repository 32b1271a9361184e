import { constants, deflateSync } from 'node:zlib';

import { chunk } from './chunk.js';
import { paletteOf, type Palette } from './palette.js';
import type { Pixels } from './pixels.js';
import { clearLines, colorLines, indexedLines } from './scanlines.js';

/** Bytes of compressed text that are asked for at a time. */
const PART = 2 ** 20;
const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** Colour types (PNG specification, 11.2.2). */
const TYPES = { rgb: 2, indexed: 3, rgba: 6 } as const;

/**
 * Pixels as PNG. What encoders for any image leave out makes it fast and small for plots: a drawing of few colours
 * has a palette, and in clouds of points nothing repeats but the pixel above or before.
 */
export function encodePng(image: Pixels, { opaque }: { readonly opaque: boolean }): Uint8Array {
  const palette = opaque ? paletteOf(image) : 'too many';
  if (palette !== 'too many' && palette !== null) {
    const lines = deflateSync(indexedLines(image, palette), { level: 3, chunkSize: PART });
    return png(image, TYPES.indexed, [
      ...chunk('PLTE', colorsOf(palette)),
      ...chunk('IDAT', lines),
    ]);
  }
  // To look for repetitions anywhere takes three times as long, and finds none in clouds of points.
  const strategy = palette === null ? constants.Z_DEFAULT_STRATEGY : constants.Z_RLE;
  const options = { level: 1, memLevel: 9, strategy, chunkSize: PART };
  const lines = deflateSync(opaque ? colorLines(image) : clearLines(image), options);
  return png(image, opaque ? TYPES.rgb : TYPES.rgba, chunk('IDAT', lines));
}

function png({ width, height }: Pixels, type: number, body: readonly Uint8Array[]): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8; // Bits of a sample, or of an index.
  header[9] = type;
  const end = chunk('IEND', new Uint8Array(0));
  return new Uint8Array(Buffer.concat([SIGNATURE, ...chunk('IHDR', header), ...body, ...end]));
}

const colorsOf = ({ colors }: Palette): Uint8Array =>
  Uint8Array.from(colors.flatMap((color) => [color, color >>> 8, color >>> 16]));
