import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

import { Problem } from '../../../errors/problem.js';
import { findEncoding } from './find-encoding.js';

/**
 * Makes a text readable that is not plain UTF-8, by writing it anew as UTF-8 where it has to be.
 * @returns the file to read, and the encoding that the text had
 * @throws Problem `unreadable-file` where it holds NUL characters, or is no text
 */
export async function decodeFile(
  file: string,
  output: string,
  said: string | null,
): Promise<{ file: string; encoding: string }> {
  const encoding = await findEncoding(file, said);
  const decoder = new TextDecoder(encoding);
  let line = 1;
  const checked = (text: string): string => {
    const zero = text.indexOf('\0');
    line += countLines(zero === -1 ? text : text.slice(0, zero));
    if (zero === -1) return text;
    throw new Problem(
      'unreadable-file',
      `the file is no text: line ${String(line)} holds a NUL character`,
    );
  };
  async function* decode(source: AsyncIterable<Buffer>): AsyncIterable<string> {
    for await (const piece of source) yield checked(decoder.decode(piece, { stream: true }));
    yield checked(decoder.decode());
  }
  if (encoding !== 'utf-8') {
    await pipeline(createReadStream(file), decode, createWriteStream(output));
    return { file: output, encoding: decoder.encoding };
  }
  // Damaged places stay as they are: the reader of the format refuses their rows.
  const pieces = decode(createReadStream(file) as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  while ((await pieces.next()).done !== true);
  return { file, encoding };
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
