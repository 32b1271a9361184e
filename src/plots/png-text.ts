import { crc32 } from 'node:zlib';

/** Where the first chunk after the signature and the header of every PNG begins. */
const AFTER_HEADER = 33;

/** A PNG with a text in it: an iTXt chunk of UTF-8 (PNG specification, 11.3.3.4), readers show it as its description. */
export function withDescription(png: Uint8Array, text: string): Uint8Array {
  // Keyword, not compressed, no language, no translated keyword.
  const content = Buffer.concat([Buffer.from('iTXtDescription\0\0\0\0\0'), Buffer.from(text)]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length - 4);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(content));
  const joined = Buffer.concat([
    png.subarray(0, AFTER_HEADER),
    length,
    content,
    check,
    png.subarray(AFTER_HEADER),
  ]);
  return new Uint8Array(joined.buffer, joined.byteOffset, joined.byteLength);
}
