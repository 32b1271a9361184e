import { stat } from 'node:fs/promises';

import { Problem } from '../../../errors/problem.js';
import { quoteLiteral } from '../../identifier.js';
import { columnNames } from '../names.js';
import type { Format, Source } from '../source.js';

import { findDelimiter } from './csv-delimiter.js';
import { readHeader } from './csv-header.js';
import { refuseLongLines } from './long-lines.js';
import { readRejects } from './csv-rejects.js';

/**
 * Comma- and otherwise separated text, RFC 4180: the first record holds the names, a quote inside
 * quotes is doubled, an empty field is null and `""` an empty text. Rows with a wrong number of fields
 * or a broken quote are refused one by one, with their line.
 */
export const csv: Format = {
  name: 'csv',
  mediaTypes: ['text/csv', 'application/csv', 'text/plain'],
  open: async (_connection, file, { delimiter }) =>
    openSeparated(file, delimiter ?? (await findDelimiter(file))),
};

export const tsv: Format = {
  name: 'tsv',
  mediaTypes: ['text/tab-separated-values', 'text/tsv'],
  open: (_connection, file, { delimiter }) => openSeparated(file, delimiter ?? '\t'),
};

/** A file that fits one buffer of this size needs no larger one, and is read faster. */
const SMALL_BYTES = 8 * 2 ** 20;
const BUFFER_BYTES = 32 * 2 ** 20;
const MAX_LINE_BYTES = 16 * 2 ** 20;
const MAX_COLUMNS = 4_096;

async function openSeparated(file: string, delimiter: string): Promise<Source> {
  const { size } = await stat(file);
  await refuseLongLines(file, MAX_LINE_BYTES);
  const columns = columnNames(await readHeader(file, delimiter));
  if (columns.length > MAX_COLUMNS) {
    throw new Problem(
      'unreadable-file',
      `the file has ${String(columns.length)} columns; at most ${String(MAX_COLUMNS)} are read`,
    );
  }
  const types = columns.map(({ name }) => `${quoteLiteral(name)}: 'VARCHAR'`).join(', ');
  const small = size < SMALL_BYTES;
  return {
    relation: `read_csv(${quoteLiteral(file)}, delim=${quoteLiteral(delimiter)}, quote='"', escape='"',
      auto_detect=false, header=true, columns={${types}}, nullstr='', allow_quoted_nulls=false,
      strict_mode=true, max_line_size=${String(small ? SMALL_BYTES : MAX_LINE_BYTES)},
      buffer_size=${String(small ? SMALL_BYTES : BUFFER_BYTES)}, store_rejects=true, rejects_limit=0)`,
    columns,
    nested: false,
    found: { delimiter },
    refused: (connection) => readRejects(connection, file),
  };
}
