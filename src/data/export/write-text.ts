import type { SqlValue } from '../../analyses/analysis.js';
import type { Session } from '../engine/session.js';
import type { TextLayout } from './export-format.js';
import type { ExportSink } from './export-sink.js';

/**
 * Writes rows as text, chunk by chunk as DuckDB makes them.
 * @param from SQL of the rows in their order
 * @param begun called when the first rows are there and are about to be written
 */
export async function writeText(
  session: Session,
  from: string,
  values: readonly SqlValue[],
  layout: TextLayout,
  sink: ExportSink,
  begun: () => void,
): Promise<void> {
  const result = await session.stream(`SELECT ${layout.row} FROM ${from}`, values);
  let rows = 0;
  await session.guard(async () => {
    for await (const chunk of result) {
      if (chunk.rowCount === 0) continue;
      if (rows === 0) begun();
      const texts = chunk.getColumnValues(0) as string[];
      await sink.write((rows === 0 ? layout.before : layout.between) + texts.join(layout.between));
      rows += chunk.rowCount;
    }
  });
  if (rows === 0) begun();
  sink.end(rows === 0 ? layout.empty : layout.after);
}
