import { quoteIdentifier } from '../identifier.js';
import { castFromText } from '../load/text-values.js';
import { keyIsAmong } from '../query/key-sql.js';
import { ROW_ID, type Schema } from '../schema.js';
import type { LoggedEdit } from '../store/edit-log.js';
import type { Session } from '../engine/session.js';

/**
 * Applies edits to the private copy of a generation, in one transaction: the rows of all edited
 * records go, those with values come back at the place that the edit names.
 */
export async function applyEdits(
  session: Session,
  database: string,
  schema: Schema,
  edits: readonly (readonly [string, LoggedEdit])[],
  reached: number,
): Promise<void> {
  const table = `${quoteIdentifier(database)}.records`;
  const ids = JSON.stringify(edits.map(([id]) => id));
  const rows = edits
    .filter(([, { values }]) => values !== null)
    .map(([, { row, values }]) => ({ r: row, v: values }));
  const cells = schema.columns.map(({ name, type }, index) => {
    const text = `v[${String(index + 1)}]`;
    return `${castFromText(text, type)} AS ${quoteIdentifier(name)}`;
  });
  await session.execute('BEGIN TRANSACTION');
  try {
    await session.execute(`DELETE FROM ${table} WHERE ${keyIsAmong(schema, '$1')}`, [ids]);
    if (rows.length > 0) {
      await session.execute(
        `INSERT INTO ${table} (${[ROW_ID, ...schema.columns.map(({ name }) => name)].map(quoteIdentifier).join(', ')})
         SELECT r, ${cells.join(', ')}
         FROM (SELECT unnest(from_json($1, '[{"r": "BIGINT", "v": ["VARCHAR"]}]'), max_depth := 2))`,
        [JSON.stringify(rows)],
      );
    }
    await session.execute(
      `UPDATE ${quoteIdentifier(database)}.version SET edit = ${String(reached)}`,
    );
    await session.execute('COMMIT');
  } catch (error) {
    await session.rollback();
    throw error;
  }
}
