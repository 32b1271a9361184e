import type { LoadOutcome, LoadRequest } from '../../src/data/load/request.js';
import { FileLoads } from './file-loads.js';

/** What a load made of a file: its report, and the rows without their numbers. */
export interface Table {
  readonly outcome: LoadOutcome;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** Loads the content of a file, in this process. */
export async function read(
  content: string | Buffer,
  request: Partial<LoadRequest> = {},
): Promise<Table> {
  const loads = new FileLoads();
  try {
    const outcome = await loads.load(content, request);
    const found = await loads.query('SELECT * EXCLUDE (_row) FROM records ORDER BY _row');
    return { outcome, rows: found.getRowObjectsJson() };
  } finally {
    loads.remove();
  }
}

export const namesAndTypes = ({ outcome }: Table): Record<string, string> =>
  Object.fromEntries(outcome.schema.columns.map(({ name, type }) => [name, type]));
