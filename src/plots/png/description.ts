import { chunk } from './chunk.js';

/** Where the first chunk after the signature and the header of every PNG begins. */
const AFTER_HEADER = 33;

/** A PNG with a text in it: an iTXt chunk of UTF-8 (PNG specification, 11.3.3.4), readers show it as its description. */
export function withDescription(png: Uint8Array, text: string): Uint8Array {
  // Keyword, not compressed, no language, no translated keyword.
  const content = Buffer.concat([Buffer.from('Description\0\0\0\0\0'), Buffer.from(text)]);
  const joined = Buffer.concat([
    png.subarray(0, AFTER_HEADER),
    ...chunk('iTXt', content),
    png.subarray(AFTER_HEADER),
  ]);
  return new Uint8Array(joined.buffer, joined.byteOffset, joined.byteLength);
}
