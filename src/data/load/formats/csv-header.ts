import { createReadStream } from 'node:fs';

import { Problem } from '../../../errors/problem.js';

const MAX_HEADER_BYTES = 4 * 2 ** 20;

/**
 * The first record of a separated file: its column names as they stand there.
 * @throws Problem `unreadable-file` where there is none, or it does not end
 */
export async function readHeader(file: string, delimiter: string): Promise<string[]> {
  const { parse } = await import('csv-parse');
  const input = createReadStream(file, { end: MAX_HEADER_BYTES });
  const parser = input.pipe(
    parse({
      to: 1,
      delimiter,
      bom: true,
      relax_column_count: true,
      max_record_size: MAX_HEADER_BYTES,
    }),
  );
  try {
    for await (const record of parser) return record as string[];
  } catch (error) {
    throw new Problem('unreadable-file', `the header cannot be read: ${(error as Error).message}`);
  } finally {
    input.destroy();
  }
  throw new Problem(
    'unreadable-file',
    'the file is empty; its first line must hold the column names',
  );
}
