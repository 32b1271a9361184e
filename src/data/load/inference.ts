import type { DuckDBConnection } from '@duckdb/node-api';

import { CANDIDATES, MISSING, type Candidate } from './candidates.js';
import type { Source } from './source.js';
import { testTypes, type InferredColumn, type Question } from './type-test.js';

export interface Guess {
  /** Types that the first rows allow, narrowest first; none for text. */
  readonly candidates: readonly Candidate[];
  /** Whether the first rows say anything at all. */
  readonly certain: boolean;
}

const FIRST_ROWS = 500;

/** What the first rows tell of each column. */
export async function guessTypes(connection: DuckDBConnection, source: Source): Promise<Guess[]> {
  const head = await connection.runAndReadAll(
    `SELECT * FROM ${source.relation} LIMIT ${String(FIRST_ROWS)}`,
  );
  const texts = head.getColumns() as (string | null)[][];
  return source.columns.map((_, index) => {
    const present = (texts[index] ?? []).filter((text) => text !== null && !MISSING.includes(text));
    const candidates = CANDIDATES.filter(
      ({ looks, nested }) =>
        (nested !== true || source.nested) && present.every((text) => looks.test(text ?? '')),
    );
    return { candidates, certain: present.length > 0 };
  });
}

/**
 * Column types from the text of the whole file. A type that one value of the first rows refutes is
 * dropped at once; what survives is confirmed over every row, so no value later in the file can break
 * a type. Only canonical text is typed: `007`, `+5` and ` 5` stay text. The columns are shared out among the
 * connections.
 */
export async function inferColumns(
  connections: readonly [DuckDBConnection, ...DuckDBConnection[]],
  source: Source,
): Promise<{ rows: number; columns: InferredColumn[] }> {
  const guesses = await guessTypes(connections[0], source);
  // A column of which the first rows say nothing is mostly empty: testing all types costs little.
  const first = source.columns.map(({ name }, index): Question => {
    const { candidates = [], certain = false } = guesses[index] ?? {};
    return { name, candidates: certain ? candidates.slice(0, 1) : candidates };
  });
  const { rows, found } = await testTypes(connections, source.relation, first);
  const columns = found.map(({ column }) => column);
  const open = columns.flatMap((column, index) => (column === null ? [index] : []));
  if (open.length > 0) {
    const rest = open.map((index): Question => {
      const { candidates = [], certain = false } = guesses[index] ?? {};
      return {
        name: source.columns[index]?.name ?? '',
        candidates: certain ? candidates.slice(1) : [],
      };
    });
    const again = await testTypes(connections, source.relation, rest);
    open.forEach((index, n) => {
      const { column = null, nulls = 0 } = again.found[n] ?? {};
      columns[index] = column ?? { type: 'text', nulls, coerced: 0 };
    });
  }
  return { rows, columns: columns.map((column) => column ?? TEXT) };
}

const TEXT: InferredColumn = { type: 'text', nulls: 0, coerced: 0 };
