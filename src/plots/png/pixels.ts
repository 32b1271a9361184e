export interface Pixels {
  /** In the memory order of RGBA. */
  readonly pixels: Uint32Array;
  readonly width: number;
  readonly height: number;
}

/** The same pixels as numbers with a sign, which V8 compares four times as fast. */
export const signedOf = ({ buffer, byteOffset, length }: Uint32Array): Int32Array =>
  new Int32Array(buffer, byteOffset, length);

/** Whether a line is the same as the one above. */
export function isRepeated({ pixels, width }: Pixels, line: number): boolean {
  if (line === 0) return false;
  const bytes = Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  const begin = 4 * line * width;
  return bytes.compare(bytes, begin - 4 * width, begin, begin, begin + 4 * width) === 0;
}
