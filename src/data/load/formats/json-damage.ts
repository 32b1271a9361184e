import { readFile, stat } from 'node:fs/promises';

import { jsonFault } from '../../../errors/json-fault.js';
import { Problem } from '../../../errors/problem.js';

/** Larger files are not read again to find the place; DuckDB's words name the record. */
const MAX_BYTES = 16 * 2 ** 20;

/**
 * What `read` gives. Where DuckDB finds the file damaged, the place is sought in the file itself: DuckDB counts bytes
 * from the beginning of a record.
 * @throws Problem `unreadable-file` with line and column, or what `read` throws
 */
export async function withPlace<T>(
  file: string,
  form: 'document' | 'lines',
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!String(error).includes('Malformed JSON') || (await stat(file)).size > MAX_BYTES)
      throw error;
    const text = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
    const fault = form === 'document' ? faultOf(text) : faultOfLines(text);
    if (fault === null) throw error;
    throw new Problem('unreadable-file', fault);
  }
}

function faultOf(text: string): string | null {
  const fault = parseFault(text);
  return fault === null ? null : `the JSON document is damaged: ${fault}`;
}

function faultOfLines(text: string): string | null {
  for (const [index, line] of text.split('\n').entries()) {
    const fault = line.trim() === '' ? null : parseFault(line);
    if (fault !== null) {
      return `line ${String(index + 1)} is damaged: ${fault.replace('line 1, ', '')}`;
    }
  }
  return null;
}

function parseFault(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return jsonFault(error, text);
  }
}
