import type { DuckDBConnection } from '@duckdb/node-api';

import { quoteIdentifier } from '../identifier.js';
import type { ColumnType } from '../schema.js';
import { MISSING_SQL, type Candidate } from './candidates.js';
import { rawSql } from './text-values.js';

export interface InferredColumn {
  readonly type: ColumnType;
  readonly nulls: number;
  /** Values that became null because they only say that a value is missing, such as `NA`. */
  readonly coerced: number;
}

/** A column of text, and the types that its values may have. */
export interface Question {
  readonly name: string;
  readonly candidates: readonly Candidate[];
}

export interface Found {
  /** The first type that holds; null where types were tested and none does. */
  readonly column: InferredColumn | null;
  readonly nulls: number;
}

export interface Tested {
  readonly rows: number;
  /** In the order of the questions. */
  readonly found: readonly Found[];
}

interface Answer {
  /** Values that are of the type. */
  readonly accepted: number;
  /** Values that are neither of the type nor stand for a missing one. */
  readonly refuted: number;
  /** Whether a whole number is beyond what a JSON number can hold. */
  readonly unsafe: boolean | null;
}

/** Tests types of some columns over all rows, a share of the columns on each connection. */
export async function testTypes(
  connections: readonly DuckDBConnection[],
  relation: string,
  questions: readonly Question[],
): Promise<Tested> {
  const byCost = [...questions].sort((a, b) => b.candidates.length - a.candidates.length);
  const used = connections.slice(0, Math.max(1, questions.length));
  const shares = used.map((_, share) =>
    byCost.filter((_question, place) => place % used.length === share),
  );
  const answers = await Promise.all(
    used.map((connection, share) => testShare(connection, relation, shares[share] ?? [])),
  );
  const found = new Map<Question, Found>();
  shares.forEach((share, n) => {
    share.forEach((question, place) => {
      found.set(question, answers[n]?.found[place] ?? NOTHING);
    });
  });
  return {
    rows: answers[0]?.rows ?? 0,
    found: questions.map((question) => found.get(question) ?? NOTHING),
  };
}

const NOTHING: Found = { column: null, nulls: 0 };

/** Tests them in one pass over the relation. */
async function testShare(
  connection: DuckDBConnection,
  relation: string,
  questions: readonly Question[],
): Promise<Tested> {
  const result = await connection.runAndReadAll(testSql(relation, questions));
  const [rows, ...cells] = result.getRows()[0] ?? [];
  const found = questions.map(({ candidates }, index): Found => {
    const nulls = Number(rows) - Number(cells[2 * index]);
    const answers = JSON.parse(String(cells[2 * index + 1])) as Answer[];
    return { column: columnOf(candidates, answers, Number(rows), nulls), nulls };
  });
  return { rows: Number(rows), found };
}

function columnOf(
  candidates: readonly Candidate[],
  answers: readonly Answer[],
  rows: number,
  nulls: number,
): InferredColumn | null {
  const place = answers.findIndex(({ refuted }) => refuted === 0);
  const answer = answers[place];
  const type = candidates[place]?.type;
  if (answer === undefined || type === undefined) {
    return candidates.length > 0 ? null : { type: 'text', nulls, coerced: 0 };
  }
  // Nothing but texts for a missing value: they stay text.
  if (answer.accepted === 0) return { type: 'text', nulls, coerced: 0 };
  const unsafe = type === 'integer' && answer.unsafe === true;
  const missing = rows - answer.accepted;
  return { type: unsafe ? 'int64' : type, nulls: missing, coerced: missing - nulls };
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
