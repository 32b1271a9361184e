import { crc32 } from 'node:zlib';

/** A chunk of a PNG: its length, its type of four letters, its content, and their check (PNG specification, 5.3). */
export function chunk(type: string, content: Uint8Array): Uint8Array[] {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length);
  head.write(type, 4, 'latin1');
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(content, crc32(head.subarray(4))));
  return [head, content, check];
}
