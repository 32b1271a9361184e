import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';

/**
 * Rewrites a table whose columns stand apart by blanks as one with tabulators, line by line, so that
 * lines keep their numbers. Blanks inside double quotes stay.
 */
export async function separateAligned(input: string, output: string): Promise<void> {
  const lines = createInterface({ input: createReadStream(input), crlfDelay: Infinity });
  await pipeline(lines, separate, createWriteStream(output));
}

async function* separate(lines: AsyncIterable<string>): AsyncIterable<string> {
  for await (const line of lines) {
    const fields = line.includes('"')
      ? (line.match(/"(?:[^"]|"")*"|[^\s"]+/g) ?? [])
      : line.trim().split(/[ \t]+/);
    yield `${fields.join('\t')}\n`;
  }
}
