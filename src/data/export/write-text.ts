import type { DuckDBBlobVector, DuckDBDataChunk } from '@duckdb/node-api';

import type { SqlValue } from '../../analyses/analysis.js';
import type { Session } from '../engine/session.js';
import { quoteLiteral } from '../identifier.js';
import type { TextLayout } from './export-format.js';
import type { ExportSink } from './export-sink.js';

/**
 * Writes rows as text, chunk by chunk as DuckDB makes them. They come as the bytes that are sent: making strings
 * of them would take as long as all the rest.
 * @param from SQL of the rows in their order
 * @param begun called when the first rows are there and are about to be written
 */
export async function writeText(
  session: Session,
  from: string,
  values: readonly SqlValue[],
  { row, between, ...layout }: TextLayout,
  sink: ExportSink,
  begun: () => void,
): Promise<void> {
  const bytes = `encode(concat(${quoteLiteral(between)}, ${row}))`;
  const result = await session.stream(`SELECT ${bytes} FROM ${from}`, values);
  let rows = 0;
  await session.guard(async () => {
    for await (const chunk of result) {
      if (chunk.rowCount === 0) continue;
      const part = bytesOf(chunk);
      if (rows === 0) {
        begun();
        const first = part.subarray(Buffer.byteLength(between));
        await sink.write(Buffer.concat([Buffer.from(layout.before), first]));
      } else await sink.write(part);
      rows += chunk.rowCount;
    }
  });
  if (rows === 0) begun();
  sink.end(rows === 0 ? layout.empty : layout.after);
}

/** The bytes of all rows, one after the other. */
function bytesOf(chunk: DuckDBDataChunk): Buffer {
  const rows = chunk.getColumnVector(0) as DuckDBBlobVector;
  const parts = Array.from({ length: chunk.rowCount }, (_, row) => rows.getItemBytes(row));
  return Buffer.concat(parts.filter((part) => part !== null));
}
