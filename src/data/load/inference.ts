import type { DuckDBConnection } from '@duckdb/node-api';

import { quoteIdentifier, quoteLiteral } from '../identifier.js';
import type { ColumnType } from '../schema.js';
import type { Source } from './source.js';

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
  /** About how many different values there are; a hint for the search of a key. */
  readonly distinct: number;
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

const NUMBER = String.raw`-?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?`;
const PADDED_OR_TOO_LONG = String.raw`-?0[0-9].*|-?[0-9]{19,}`;
const DATE = String.raw`[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}`;
const TIMESTAMP = String.raw`[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?( ?(Z|[+-][0-9]{2}(:?[0-9]{2})?))?`;

interface Candidate {
  readonly type: ColumnType;
  readonly accepts: (text: string) => string;
  /** Only in formats whose values can be lists and objects. */
  readonly nested?: true;
}

/** From the narrowest type to the widest: SQL that is true for a text of the type. */
const CANDIDATES: readonly Candidate[] = [
  { type: 'boolean', accepts: (t) => `lower(${t}) IN ('true', 'false')` },
  { type: 'integer', accepts: (t) => `TRY_CAST(${t} AS BIGINT)::VARCHAR = ${t}` },
  {
    type: 'number',
    accepts: (t) =>
      `(regexp_full_match(${t}, '${NUMBER}') AND NOT regexp_full_match(${t}, '${PADDED_OR_TOO_LONG}') AND isfinite(TRY_CAST(${t} AS DOUBLE)))`,
  },
  {
    type: 'date',
    accepts: (t) => `(regexp_full_match(${t}, '${DATE}') AND TRY_CAST(${t} AS DATE) IS NOT NULL)`,
  },
  {
    type: 'timestamp',
    accepts: (t) =>
      `((regexp_full_match(${t}, '${TIMESTAMP}') OR regexp_full_match(${t}, '${DATE}')) AND TRY_CAST(${t} AS TIMESTAMPTZ) IS NOT NULL)`,
  },
  {
    type: 'json',
    accepts: (t) => `((${t} LIKE '{%' OR ${t} LIKE '[%') AND json_valid(${t}))`,
    nested: true,
  },
];

const FIRST_ROWS = 2_000;

export async function inferColumns(
  connection: DuckDBConnection,
  source: Source,
): Promise<{ rows: number; columns: InferredColumn[] }> {
  const all = CANDIDATES.filter(({ nested }) => nested !== true || source.nested);
  const head = `(SELECT * FROM ${source.relation} LIMIT ${String(FIRST_ROWS)})`;
  const first = await test(
    connection,
    head,
    source.columns.map(({ name }) => ({ name, candidates: all })),
  );
  const surviving = source.columns.map(({ name }, index) => ({
    name,
    candidates: first.columns[index]?.accepted ?? [],
  }));
  const { rows, columns } = await test(connection, source.relation, surviving);
  return { rows, columns: columns.map((tested) => decide(tested, rows)) };
}

interface Question {
  readonly name: string;
  readonly candidates: readonly Candidate[];
}

interface Tested {
  readonly values: number;
  readonly missing: number;
  readonly distinct: number;
  readonly largest: string | null;
  readonly accepted: readonly Candidate[];
}

function decide(
  { values, missing, distinct, largest, accepted }: Tested,
  rows: number,
): InferredColumn {
  const narrowest = values > missing ? accepted[0]?.type : undefined;
  if (narrowest === undefined) return { type: 'text', nulls: rows - values, coerced: 0, distinct };
  const unsafe = narrowest === 'integer' && BigInt(largest ?? 0) > Number.MAX_SAFE_INTEGER;
  const type = unsafe ? 'int64' : narrowest;
  return { type, nulls: rows - values + missing, coerced: missing, distinct };
}

/** Tests the candidate types of every column in one pass over the relation. */
async function test(
  connection: DuckDBConnection,
  relation: string,
  questions: readonly Question[],
): Promise<{ rows: number; columns: Tested[] }> {
  const answers = questions.map(
    (question) => `, to_json({${counts(question).join(', ')}})::VARCHAR`,
  );
  const result = await connection.runAndReadAll(
    `SELECT count(*)${answers.join('')} FROM ${relation}`,
  );
  const [rows, ...texts] = result.getRows()[0] ?? [];
  const columns = questions.map(({ candidates }, index) => {
    const counted = JSON.parse(String(texts[index])) as Counts;
    const accepted = candidates.filter((_, n) => counted[`refuted_${String(n)}`] === 0);
    return { ...counted, accepted };
  });
  return { rows: Number(rows), columns };
}

interface Counts {
  readonly values: number;
  readonly missing: number;
  readonly distinct: number;
  readonly largest: string | null;
  readonly [refuted: `refuted_${string}`]: number;
}

/** The members of the struct that answers for one column. */
function counts({ name, candidates }: Question): string[] {
  const text = quoteIdentifier(name);
  const missing = `${text} IN (${MISSING_SQL})`;
  const typed = candidates.length > 0;
  const integer = candidates.some(({ type }) => type === 'integer');
  return [
    `'values': count(${text})`,
    `'missing': ${typed ? `count(*) FILTER (${missing})` : '0'}`,
    `'distinct': approx_count_distinct(${text})`,
    `'largest': ${integer ? `max(abs(TRY_CAST(${text} AS HUGEINT)))::VARCHAR` : 'NULL'}`,
    ...candidates.map(
      ({ accepts }, n) =>
        `'refuted_${String(n)}': count(*) FILTER (NOT ${missing} AND NOT coalesce(${accepts(text)}, false))`,
    ),
  ];
}
