import type { DuckDBConnection } from '@duckdb/node-api';

import { quoteIdentifier, quoteLiteral } from '../identifier.js';
import type { ColumnType } from '../schema.js';
import type { Source } from './source.js';
import { rawSql } from './text-values.js';

/**
 * Column types from the text of the whole file. A type that one value of the first rows refutes is
 * dropped at once; what survives is confirmed over every row, so no value later in the file can break
 * a type. Only canonical text is typed: `007`, `+5` and ` 5` stay text.
 */
export interface InferredColumn {
  readonly type: ColumnType;
  readonly nulls: number;
  /** Values that became null because they only say that a value is missing, such as `NA`. */
  readonly coerced: number;
}

/** Text which stands for a missing value in a column of numbers, times or booleans. */
const MISSING = [
  '',
  'NA',
  'N/A',
  'n/a',
  'NaN',
  'nan',
  'null',
  'NULL',
  'None',
  '-',
  'inf',
  '-inf',
  'Infinity',
  '-Infinity',
];
export const MISSING_SQL = MISSING.map(quoteLiteral).join(', ');

/** Forms of numbers that programs write: no `+5`, ` 5`, `1_000`, `007`, and no whole number that loses digits. */
const EXPONENT = String.raw`([eE][-+]?[0-9]+)`;
const NUMBER = String.raw`-?((0|[1-9][0-9]{0,17})([.][0-9]*)?${EXPONENT}?|[.][0-9]+${EXPONENT}?|[1-9][0-9]{18,}([.][0-9]*${EXPONENT}?|${EXPONENT}))`;
const DATE = String.raw`[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}`;
const TIMESTAMP = String.raw`[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?( ?(Z|[+-][0-9]{2}(:?[0-9]{2})?))?`;

export interface Candidate {
  readonly type: ColumnType;
  /** Matches every text of the type, and some more: it rules a type out by the first rows. */
  readonly looks: RegExp;
  /** @param raw what DuckDB reads in the text, see `rawSql` */
  readonly accepts: (text: string, raw: string) => string;
  /** Only in formats whose values can be lists and objects. */
  readonly nested?: true;
}

/** From the narrowest type to the widest: SQL that is true for a text of the type. */
const CANDIDATES: readonly Candidate[] = [
  { type: 'boolean', looks: /^(true|false)$/i, accepts: (t) => `lower(${t}) IN ('true', 'false')` },
  { type: 'integer', looks: /^-?\d+$/, accepts: (t, raw) => `${raw}::VARCHAR = ${t}` },
  {
    type: 'number',
    looks: /^[-.\d][\d.]*([eE][-+]?\d+)?$/,
    accepts: (t, raw) => `(regexp_full_match(${t}, '${NUMBER}') AND isfinite(${raw}))`,
  },
  {
    type: 'date',
    looks: /^\d{4}[-/]\d{1,2}[-/]\d{1,2}$/,
    accepts: (t, raw) => `(regexp_full_match(${t}, '${DATE}') AND ${raw} IS NOT NULL)`,
  },
  {
    type: 'timestamp',
    looks: /^\d{4}[-/]\d/,
    accepts: (t, raw) =>
      `((regexp_full_match(${t}, '${TIMESTAMP}') OR regexp_full_match(${t}, '${DATE}')) AND ${raw} IS NOT NULL)`,
  },
  {
    type: 'json',
    looks: /^[[{]/,
    accepts: (t) => `((${t} LIKE '{%' OR ${t} LIKE '[%') AND json_valid(${t}))`,
    nested: true,
  },
];

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

export async function inferColumns(
  connection: DuckDBConnection,
  source: Source,
): Promise<{ rows: number; columns: InferredColumn[] }> {
  const guesses = await guessTypes(connection, source);
  // A column of which the first rows say nothing is mostly empty: testing all types costs little.
  const first = source.columns.map(({ name }, index): Question => {
    const { candidates = [], certain = false } = guesses[index] ?? {};
    return { name, candidates: certain ? candidates.slice(0, 1) : candidates };
  });
  const { rows, columns } = await test(connection, source.relation, first);
  const open = columns.flatMap((column, index) => (column === null ? [index] : []));
  if (open.length > 0) {
    const rest = open.map((index): Question => {
      const { candidates = [], certain = false } = guesses[index] ?? {};
      return {
        name: source.columns[index]?.name ?? '',
        candidates: certain ? candidates.slice(1) : [],
      };
    });
    const again = await test(connection, source.relation, rest);
    open.forEach((index, n) => {
      columns[index] = again.columns[n] ?? { type: 'text', nulls: again.nulls[n] ?? 0, coerced: 0 };
    });
  }
  return { rows, columns: columns.map((column) => column ?? TEXT) };
}

const TEXT: InferredColumn = { type: 'text', nulls: 0, coerced: 0 };

interface Question {
  readonly name: string;
  readonly candidates: readonly Candidate[];
}

interface Answer {
  /** Values that are of the type. */
  readonly accepted: number;
  /** Values that are neither of the type nor stand for a missing one. */
  readonly refuted: number;
  /** Whether a whole number is beyond what a JSON number can hold. */
  readonly unsafe: boolean | null;
}

/**
 * Tests types of some columns in one pass over the relation.
 * @returns for each the first type that holds; null where types were tested and none does
 */
async function test(
  connection: DuckDBConnection,
  relation: string,
  questions: readonly Question[],
): Promise<{ rows: number; columns: (InferredColumn | null)[]; nulls: number[] }> {
  const result = await connection.runAndReadAll(testSql(relation, questions));
  const [rows, ...cells] = result.getRows()[0] ?? [];
  const nulls = questions.map((_, index) => Number(rows) - Number(cells[2 * index]));
  const columns = questions.map(({ candidates }, index): InferredColumn | null => {
    const answers = JSON.parse(String(cells[2 * index + 1])) as Answer[];
    const found = answers.findIndex(({ refuted }) => refuted === 0);
    const answer = answers[found];
    const type = candidates[found]?.type;
    const empty = nulls[index] ?? 0;
    if (answer === undefined || type === undefined) {
      return candidates.length > 0 ? null : { type: 'text', nulls: empty, coerced: 0 };
    }
    // Nothing but texts for a missing value: they stay text.
    if (answer.accepted === 0) return { type: 'text', nulls: empty, coerced: 0 };
    const unsafe = type === 'integer' && answer.unsafe === true;
    const missing = Number(rows) - answer.accepted;
    return { type: unsafe ? 'int64' : type, nulls: missing, coerced: missing - empty };
  });
  return { rows: Number(rows), columns, nulls };
}

/** Each text is read once and tested once: what stands inside of FILTER is computed anew each time. */
function testSql(relation: string, questions: readonly Question[]): string {
  const tests = questions.flatMap(({ name, candidates }, index) =>
    candidates.map((candidate, place) => {
      const [text, raw] = [quoteIdentifier(name), `"\u0001raw${String(index)}_${String(place)}"`];
      const accepted = `"\u0001accepted${String(index)}_${String(place)}"`;
      return { index, text, raw, accepted, candidate };
    }),
  );
  const reading = tests.map(
    ({ text, raw, candidate }) => `, ${rawSql(text, candidate.type)} AS ${raw}`,
  );
  const testing = tests.map(
    ({ text, raw, accepted, candidate }) =>
      `, coalesce(${candidate.accepts(text, raw)}, false) AS ${accepted}`,
  );
  const select = questions.map(({ name }, index) => {
    const answers = tests.filter((one) => one.index === index).map(answerSql);
    return `, count(${quoteIdentifier(name)}), to_json([${answers.join(', ')}])::VARCHAR`;
  });
  return `SELECT count(*)${select.join('')}
    FROM (SELECT *${testing.join('')} FROM (SELECT *${reading.join('')} FROM ${relation}))`;
}

function answerSql(one: {
  text: string;
  raw: string;
  accepted: string;
  candidate: Candidate;
}): string {
  const { text, raw, accepted, candidate } = one;
  const unsafe =
    candidate.type === 'integer'
      ? `greatest(max(${raw}), -min(${raw})::HUGEINT) > ${String(Number.MAX_SAFE_INTEGER)}`
      : 'NULL::BOOLEAN';
  return `{'accepted': count(*) FILTER (${accepted}),
    'refuted': count(*) FILTER (NOT ${accepted} AND ${text} NOT IN (${MISSING_SQL})),
    'unsafe': ${unsafe}}`;
}
