import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';

import { seededRandom } from '../../../test/factories/seeded-random.js';
import { withDescription } from './description.js';
import { encodePng } from './encode-png.js';
import type { Pixels } from './pixels.js';

const width = 60;
const height = 40;

const image = (pixel: (i: number) => number): Pixels => ({
  width,
  height,
  pixels: Uint32Array.from({ length: width * height }, (_, i) => pixel(i)),
});

/** What another decoder makes of it. */
async function decoded(png: Uint8Array): Promise<{ pixels: Uint32Array; indexed: boolean }> {
  const { data } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const pixels = new Uint32Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.length));
  // The colour type in the header; 3 has a palette.
  return { pixels, indexed: png[25] === 3 };
}

const random = seededRandom(3);
const noise = (): number => Math.floor(random() * 2 ** 24);
const OPAQUE = 0xff000000;

describe('a PNG', () => {
  it.each([
    ['one colour', () => 0xff336699],
    ['256 colours and lines that repeat', (i: number) => OPAQUE + (i % width) * 0x040201],
    ['noise', () => OPAQUE + noise()],
  ])('of %s holds the pixels as they are', async (_what, pixel) => {
    const given = image(pixel);
    const { pixels } = await decoded(encodePng(given, { opaque: true }));
    expect(pixels).toEqual(given.pixels);
  });

  it('holds the opacity of pixels', async () => {
    // An opacity of 0 has no colour.
    const given = image((i) => ((i % 255) + 1) * 2 ** 24 + noise());
    const { pixels } = await decoded(encodePng(given, { opaque: false }));
    expect(pixels).toEqual(given.pixels);
  });

  it('leaves opacity out of an opaque picture', async () => {
    const { pixels } = await decoded(
      encodePng(
        image(() => 0x00112233),
        { opaque: true },
      ),
    );
    expect(new Set(pixels)).toEqual(new Set([0xff112233]));
  });

  it('has a palette where shades next to each other are the same to the eye', async () => {
    const given = image((i) => OPAQUE + (i < 1_500 ? 0xffffff : i));
    const { pixels, indexed } = await decoded(encodePng(given, { opaque: true }));
    expect(indexed).toBe(true);
    expect(pixels.slice(0, 1_500)).toEqual(given.pixels.slice(0, 1_500));
    const off = given.pixels.map((pixel, i) =>
      Math.max(
        Math.abs((pixel & 255) - ((pixels[i] ?? 0) & 255)),
        Math.abs(((pixel >>> 8) & 255) - (((pixels[i] ?? 0) >>> 8) & 255)),
      ),
    );
    expect(Math.max(...off)).toBeLessThanOrEqual(4);
  });

  it('says what it shows', async () => {
    const png = withDescription(encodePng(image(noise), { opaque: true }), 'Größe von Ärger');
    expect((await sharp(png).metadata()).comments).toEqual([
      { keyword: 'Description', text: 'Größe von Ärger' },
    ]);
  });
});
