import type { DuckDBConnection } from '@duckdb/node-api';

import { Problem } from '../../errors/problem.js';
import { quoteIdentifier } from '../identifier.js';
import type { Column } from '../schema.js';
import { placeSql, type Source } from './source.js';

/** Programs that read the values again, ours too, call themselves once a level. */
const MAX_DEPTH = 200;

/**
 * Refuses JSON values that are nested too deeply. Only values with enough brackets are looked at.
 * @throws Problem `unreadable-file`
 */
export async function refuseDeepValues(
  connection: DuckDBConnection,
  source: Source,
  columns: readonly Column[],
): Promise<void> {
  for (const { name } of columns.filter(({ type }) => type === 'json')) {
    const text = quoteIdentifier(name);
    const brackets = `length(${text}) - length(replace(replace(${text}, '[', ''), '{', ''))`;
    const suspects = await connection.stream(
      `SELECT n, ${text} FROM (SELECT ${placeSql(source)} AS n, ${text} FROM ${source.relation})
       WHERE ${brackets} > ${String(MAX_DEPTH)}`,
    );
    for await (const rows of suspects.yieldRows()) {
      for (const [record, value] of rows) refuseDeep(name, String(record), String(value));
    }
  }
}

function refuseDeep(column: string, record: string, text: string): void {
  if (depthOf(text) <= MAX_DEPTH) return;
  throw new Problem(
    'unreadable-file',
    `a value of "${column}" is nested more than ${String(MAX_DEPTH)} levels deep (record ${record})`,
  );
}

/** Greatest number of brackets that are open at once. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (quoted) {
      if (character === '\\') i++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth);
    else if (character === ']' || character === '}') depth--;
  }
  return deepest;
}
