import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { writeFault } from '../write-fault.js';
import type { GenerateOptions } from './generate-options.js';
import { seriesRows, type SeriesRow } from './series.js';

const ROWS_A_CHUNK = 1000;

/** Writes the series row by row, as fast as they are taken. */
export async function writeSeries({ out, start, ...options }: GenerateOptions): Promise<void> {
  const rows = seriesRows({ ...options, start: start.getTime() });
  const names = Array.from({ length: options.series }, (_, i) => `value_${String(i + 1)}`);
  const source = Readable.from(lines(rows, names, options.format));
  if (out === undefined) await pipeline(source, process.stdout, { end: false });
  else await pipeline(source, createWriteStream(out)).catch(writeFault(out));
}

function* lines(
  rows: Iterable<SeriesRow>,
  names: readonly string[],
  format: 'csv' | 'ndjson',
): Generator<string> {
  let chunk = format === 'csv' ? `time,${names.join(',')}\n` : '';
  let count = 0;
  for (const { time, values } of rows) {
    chunk +=
      format === 'csv'
        ? `${time},${values.map((value) => value ?? '').join(',')}\n`
        : `${JSON.stringify({ time, ...Object.fromEntries(names.map((name, i) => [name, values[i]])) })}\n`;
    if (++count % ROWS_A_CHUNK !== 0) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
