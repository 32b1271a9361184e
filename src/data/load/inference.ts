import type { DuckDBConnection } from '@duckdb/node-api';

import { quoteIdentifier } from '../identifier.js';
import { CANDIDATES, MISSING, type Candidate } from './candidates.js';
import type { Source } from './source.js';
import { testTypes, type InferredColumn, type Question } from './type-test.js';

export interface Guess {
  /** Types that the texts which were looked at allow, narrowest first; none for text. */
  readonly candidates: readonly Candidate[];
  /** Whether they say anything at all. */
  readonly certain: boolean;
}

const FIRST_ROWS = 500;

/** What the first rows tell of each column. */
export async function guessTypes(connection: DuckDBConnection, source: Source): Promise<Guess[]> {
  const head = await connection.runAndReadAll(
    `SELECT * FROM ${source.relation} LIMIT ${String(FIRST_ROWS)}`,
  );
  const texts = head.getColumns() as Texts[];
  const all = CANDIDATES.filter(({ nested }) => nested !== true || source.nested);
  return source.columns.map((_, index) =>
    narrowed({ candidates: all, certain: false }, texts[index] ?? []),
  );
}

/**
 * The guesses, narrowed by the first and the last text of each column in the order of their characters: whatever
 * is no number mostly stands at an end, and so does what begins with a zero. Costs a pass over the whole table.
 */
export async function narrowByEnds(
  connection: DuckDBConnection,
  source: Source,
  guesses: readonly Guess[],
): Promise<Guess[]> {
  const select = source.columns.flatMap(({ name }, index) => {
    const column = quoteIdentifier(name);
    const open = (guesses[index]?.candidates.length ?? 0) > 0;
    return open ? [`min(${column})`, `max(${column})`] : ['NULL', 'NULL'];
  });
  const found = await connection.runAndReadAll(
    `SELECT ${select.join(', ')} FROM ${source.relation}`,
  );
  const ends = (found.getRows()[0] ?? []) as Texts;
  return guesses.map((guess, index) => narrowed(guess, ends.slice(2 * index, 2 * index + 2)));
}

type Texts = readonly (string | null)[];

function narrowed({ candidates, certain }: Guess, texts: Texts): Guess {
  const present = texts.filter((text) => text !== null).filter((text) => !MISSING.includes(text));
  return {
    candidates: candidates.filter(({ looks }) => present.every((text) => looks.test(text))),
    certain: certain || present.length > 0,
  };
}

/**
 * Column types from the text of the whole file. A type that the guess has ruled out is
 * dropped at once; what survives is confirmed over every row, so no value later in the file can break
 * a type. Only canonical text is typed: `007`, `+5` and ` 5` stay text. The columns are shared out among the
 * connections.
 */
export async function inferColumns(
  connections: readonly DuckDBConnection[],
  source: Source,
  guesses: readonly Guess[],
): Promise<{ rows: number; columns: InferredColumn[] }> {
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
