import { createReadStream } from 'node:fs';

import type { DuckDBConnection } from '@duckdb/node-api';

import { shown } from '../refusals.js';
import { MAX_REJECTS, type Refusals } from '../source.js';

const REASONS: Readonly<Record<string, string>> = {
  'MISSING COLUMNS': 'too few fields',
  'TOO MANY COLUMNS': 'too many fields',
  'UNQUOTED VALUE': 'a quoted field does not end, or text follows its closing quote',
  'LINE SIZE OVER MAXIMUM': 'the line is too long',
  'INVALID ENCODING': 'not valid UTF-8',
};

const lastScan = (table: string): string =>
  `${table} WHERE scan_id = (SELECT max(scan_id) FROM ${table})`;

/** How many rows DuckDB's reader refused in the last scan that noted them in this table. */
export async function countRejects(connection: DuckDBConnection, table: string): Promise<number> {
  const counted = await connection.runAndReadAll(
    `SELECT count(DISTINCT line_byte_position) FROM ${lastScan(table)}`,
  );
  return Number(counted.getRows()[0]?.[0]);
}

/** Rows which DuckDB's reader refused in its last scan, with their true lines in the file. */
export async function readRejects(connection: DuckDBConnection, file: string): Promise<Refusals> {
  const count = await countRejects(connection, 'reject_errors');
  if (count === 0) return { count, rejects: [] };
  const result = await connection.runAndReadAll(
    `SELECT line_byte_position, any_value(error_type::VARCHAR), any_value(error_message), any_value(csv_line)
     FROM ${lastScan('reject_errors')}
     GROUP BY line_byte_position ORDER BY line_byte_position LIMIT ${String(MAX_REJECTS)}`,
  );
  const rows = result.getRows();
  const lines = await linesAt(
    file,
    rows.map(([position]) => Number(position)),
  );
  const rejects = rows.map(([, type, message, text], index) => ({
    line: lines[index] ?? 0,
    ...(text === null ? {} : { value: shown(text) }),
    reason: REASONS[String(type)] ?? String(message).split('\n')[0] ?? 'unreadable',
  }));
  return { count, rejects };
}

/**
 * Line numbers of byte positions, which come in order. DuckDB counts records, not lines, so a quoted
 * line break would shift every line after it.
 */
async function linesAt(file: string, positions: readonly number[]): Promise<number[]> {
  const lines: number[] = [];
  let line = 1;
  let start = 0;
  if (positions.length === 0) return lines;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    let counted = 0;
    for (;;) {
      const wanted = (positions[lines.length] ?? Infinity) - 1 - start;
      const next = chunk.indexOf(10, counted);
      if (wanted < (next === -1 ? chunk.length : next + 1)) {
        lines.push(line);
        continue;
      }
      if (next === -1) break;
      line++;
      counted = next + 1;
    }
    start += chunk.length;
    if (lines.length === positions.length) break;
  }
  while (lines.length < positions.length) lines.push(line);
  return lines;
}
