import { open } from 'node:fs/promises';

const DELIMITERS = [',', ';', '\t', '|'];
const HEAD_BYTES = 64 * 1024;
const LINES = 50;

/**
 * The delimiter of a separated file from its first lines: the one that most lines have most often, and
 * a comma where none has any.
 */
export async function findDelimiter(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(HEAD_BYTES) });
    const text = buffer
      .subarray(0, bytesRead)
      .toString('utf8')
      .replace(/"(?:[^"]|"")*"/g, '');
    const lines = text.split(/\r?\n|\r/).slice(0, LINES);
    const whole = lines.length > 1 ? lines.slice(0, -1) : lines; // the last may be cut
    const usual = DELIMITERS.map((delimiter) => ({ delimiter, count: median(whole, delimiter) }));
    return usual.reduce((best, one) => (one.count > best.count ? one : best)).delimiter;
  } finally {
    await handle.close();
  }
}

function median(lines: readonly string[], delimiter: string): number {
  const counts = lines.map((line) => line.split(delimiter).length - 1).sort((a, b) => a - b);
  return counts[Math.floor(counts.length / 2)] ?? 0;
}
