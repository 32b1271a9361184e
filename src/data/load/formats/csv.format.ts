import { stat } from 'node:fs/promises';

import { quoteLiteral } from '../../identifier.js';
import { columnNames } from '../names.js';
import type { Format, SlicedRelation, Source } from '../source.js';
import { STAGED_BYTES } from '../stage.js';

import { separateAligned } from './aligned-text.js';
import { BLANKS, findLayout, givenLayout, type Layout } from './csv-delimiter.js';
import { readHeader } from './csv-header.js';
import { refuseTooMany } from './json-table.js';
import { mendLineEndings } from './line-endings.js';
import { hasLongLine, refuseLongLines } from './long-lines.js';
import { linesOfRecords } from './csv-lines.js';
import { countRejects, readRejects } from './csv-rejects.js';

/**
 * Comma- and otherwise separated text, RFC 4180: the first record holds the names, a quote inside
 * quotes is doubled, an empty field is null and `""` an empty text. Rows with a wrong number of fields
 * or a broken quote are refused one by one, with their line.
 */
export const csv: Format = {
  name: 'csv',
  mediaTypes: ['text/csv', 'application/csv', 'text/plain'],
  open: async (_connection, file, { delimiter }) =>
    openLayout(file, delimiter === undefined ? await findLayout(file) : givenLayout(delimiter)),
  mend: mendLineEndings,
};

export const tsv: Format = {
  name: 'tsv',
  mediaTypes: ['text/tab-separated-values', 'text/tsv'],
  open: (_connection, file, { delimiter }) =>
    openLayout(file, delimiter === undefined ? { delimiter: '\t' } : givenLayout(delimiter)),
  mend: mendLineEndings,
};

async function openLayout(file: string, layout: Layout): Promise<Source> {
  await refuseLongLines(file, MAX_LINE_BYTES);
  const found = { delimiter: layout.delimiter };
  if (layout.delimiter !== BLANKS) return openSeparated(file, layout, found);
  const separated = `${file}.separated`;
  await separateAligned(file, separated);
  return openSeparated(separated, { delimiter: '\t' }, found);
}

/** A file that fits one buffer of this size needs no larger one, and is read faster. */
const SMALL_BYTES = 8 * 2 ** 20;
/** One thread reads at least as much at a time. */
const SLICE_BYTES = 2 ** 20;
const BUFFER_BYTES = 32 * 2 ** 20;
const MAX_LINE_BYTES = 16 * 2 ** 20;

async function openSeparated(
  file: string,
  { delimiter, header }: Layout,
  found: Readonly<Record<string, unknown>>,
): Promise<Source> {
  const { size } = await stat(file);
  const columns = columnNames(header ?? (await readHeader(file, delimiter)));
  refuseTooMany(columns.length);
  const types = columns.map(({ name }) => `${quoteLiteral(name)}: 'VARCHAR'`).join(', ');
  const small = size < SMALL_BYTES;
  let refusedLines: ReadonlySet<number> = new Set();
  const relation = (line: number, buffer: number, rejects: string): string =>
    `read_csv(${quoteLiteral(file)}, delim=${quoteLiteral(delimiter)}, quote='"', escape='"',
      auto_detect=false, ${header === undefined ? 'header=true' : 'header=false, skip=1'}, columns={${types}},
      nullstr='', allow_quoted_nulls=false, strict_mode=true, max_line_size=${String(line)},
      buffer_size=${String(buffer)}, store_rejects=true, rejects_table='${rejects}_errors',
      rejects_scan='${rejects}_scans', rejects_limit=0)`;
  const slices = size <= STAGED_BYTES && !(await hasLongLine(file, SLICE_BYTES));
  return {
    relation: small
      ? relation(SMALL_BYTES, SMALL_BYTES, 'reject')
      : relation(MAX_LINE_BYTES, BUFFER_BYTES, 'reject'),
    ...(slices ? { sliced: slicedBy(relation(SLICE_BYTES, SLICE_BYTES, 'slice')) } : {}),
    columns,
    nested: false,
    found,
    refused: async (connection) => {
      const refusals = await readRejects(connection, file);
      refusedLines = new Set(refusals.rejects.map(({ line }) => line ?? 0));
      return refusals;
    },
    linesOf: (records) => linesOfRecords(file, records, refusedLines),
  };
}

const slicedBy = (relation: string): SlicedRelation => ({
  relation,
  isWhole: async (connection) => (await countRejects(connection, 'slice_errors')) === 0,
});
