import { open, type FileHandle } from 'node:fs/promises';

import { Problem } from '../../../errors/problem.js';

const PIECE_BYTES = 64 * 1024;
const NEWLINE = 10;

/**
 * Refuses a file with a line longer than the limit.
 * @throws Problem `unreadable-file`
 */
export async function refuseLongLines(file: string, limit: number): Promise<void> {
  if (await hasLongLine(file, limit)) {
    throw new Problem('unreadable-file', `a line is longer than ${String(limit)} bytes`);
  }
}

/**
 * Whether a line is longer than the limit. DuckDB's reader can lose such a line without a word where it
 * covers a whole buffer. Only the end of each stretch of `limit` bytes is read: if a line ends there, the
 * next stretch begins behind it.
 */
export async function hasLongLine(file: string, limit: number): Promise<boolean> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    let start = 0;
    while (size - start > limit) {
      const end = await lastNewline(handle, start, start + limit);
      if (end === null) return true;
      start = end + 1;
    }
    return false;
  } finally {
    await handle.close();
  }
}

/** Position of the last newline in [from, to), looked for backwards. */
async function lastNewline(handle: FileHandle, from: number, to: number): Promise<number | null> {
  for (let end = to; end > from; end -= PIECE_BYTES) {
    const begin = Math.max(from, end - PIECE_BYTES);
    const { buffer } = await handle.read(Buffer.alloc(end - begin), 0, end - begin, begin);
    const found = buffer.lastIndexOf(NEWLINE);
    if (found !== -1) return begin + found;
  }
  return null;
}
