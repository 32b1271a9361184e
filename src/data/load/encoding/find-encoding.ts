import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

import { Problem } from '../../../errors/problem.js';

const HEAD_BYTES = 4096;

/**
 * The encoding of a text that is not plain UTF-8: its byte-order mark, what was said of it, zeros
 * between letters (UTF-16), else Windows-1252, of which Latin-1 is a part. A text most of whose special
 * characters are valid UTF-8 is UTF-8 with damaged places.
 * @param said label of an encoding, from a media type
 * @returns a label as `TextDecoder` knows it
 * @throws Problem `unreadable-file` where it is no text
 */
export async function findEncoding(file: string, said: string | null): Promise<string> {
  const head = await readStart(file);
  const marked = markOf(head) ?? declaredIn(head) ?? said;
  if (marked !== null && isKnown(marked) && !isUtf8Label(marked)) return marked;
  const zeros = zerosIn(head);
  if (zeros !== null) return zeros;
  const { good, bad } = await census(file);
  return bad > good ? 'windows-1252' : 'utf-8';
}

const isUtf8Label = (label: string): boolean => /^(utf-?8|us-ascii|ascii)$/i.test(label);

/** @throws Problem `unreadable-file` for a label that nothing is known of */
function isKnown(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== '';
  } catch {
    throw new Problem('unreadable-file', `the encoding "${label}" is not known; send UTF-8`);
  }
}

async function readStart(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(HEAD_BYTES) });
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function markOf(head: Buffer): string | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return null;
}

/** What the declaration of an XML document says. */
const declaredIn = (head: Buffer): string | null =>
  /^\s*<\?xml[^>]*\sencoding=["']([\w.-]+)["']/.exec(head.toString('latin1'))?.[1] ?? null;

/** UTF-16 without a mark: every other byte of plain letters is zero. */
function zerosIn(head: Buffer): string | null {
  const places = [0, 0];
  head.forEach((byte, index) => {
    if (byte === 0) places[index % 2] = (places[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = places;
  if (even + odd < head.length * 0.2) return null;
  if (odd > 10 * even) return 'utf-16le';
  return even > 10 * odd ? 'utf-16be' : null;
}

/** How many special characters of the file are UTF-8, and how many are not. */
async function census(file: string): Promise<{ good: number; bad: number }> {
  const decoder = new TextDecoder('utf-8');
  let good = 0;
  let bad = 0;
  for await (const piece of createReadStream(file) as AsyncIterable<Buffer>) {
    for (const character of decoder.decode(piece, { stream: true }).match(/[^\0-\x7F]/gu) ?? []) {
      if (character === '\uFFFD') bad++;
      else good++;
    }
  }
  return { good, bad };
}
