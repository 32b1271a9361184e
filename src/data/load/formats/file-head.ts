import { open } from 'node:fs/promises';

const HEAD_BYTES = 64 * 1024;

/** The first bytes of a file. */
export async function readHead(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(HEAD_BYTES) });
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The beginning of a file as text, without its byte-order mark and leading blanks. */
export async function readHeadText(file: string): Promise<string> {
  return headText(await readHead(file));
}

export const headText = (head: Buffer): string =>
  head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();

/** The first character of a file that is no blank. */
export const firstByte = async (file: string): Promise<string> =>
  (await readHeadText(file)).charAt(0);
