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

const PADDED_OR_TOO_LONG = String.raw`-?0[0-9].*|-?[0-9]{19,}`;
const DATE = String.raw`[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}`;
const TIMESTAMP = String.raw`[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?( ?(Z|[+-][0-9]{2}(:?[0-9]{2})?))?`;

interface Candidate {
  readonly type: ColumnType;
  /** Matches every text of the type, and some more: it rules a type out by the first rows. */
  readonly looks: RegExp;
  readonly accepts: (text: string) => string;
  /** Only in formats whose values can be lists and objects. */
  readonly nested?: true;
}

/** From the narrowest type to the widest: SQL that is true for a text of the type. */
const CANDIDATES: readonly Candidate[] = [
  { type: 'boolean', looks: /^(true|false)$/i, accepts: (t) => `lower(${t}) IN ('true', 'false')` },
  { type: 'integer', looks: /^-?\d+$/, accepts: (t) => `TRY_CAST(${t} AS BIGINT)::VARCHAR = ${t}` },
  { type: 'number', looks: /^[-.\d][\d.]*([eE][-+]?\d+)?$/, accepts: acceptsNumber },
  {
    type: 'date',
    looks: /^\d{4}[-/]\d{1,2}[-/]\d{1,2}$/,
    accepts: (t) => `(regexp_full_match(${t}, '${DATE}') AND TRY_CAST(${t} AS DATE) IS NOT NULL)`,
  },
  {
    type: 'timestamp',
    looks: /^\d{4}[-/]\d/,
    accepts: (t) =>
      `((regexp_full_match(${t}, '${TIMESTAMP}') OR regexp_full_match(${t}, '${DATE}')) AND TRY_CAST(${t} AS TIMESTAMPTZ) IS NOT NULL)`,
  },
  {
    type: 'json',
    looks: /^[[{]/,
    accepts: (t) => `((${t} LIKE '{%' OR ${t} LIKE '[%') AND json_valid(${t}))`,
    nested: true,
  },
];

/**
 * What DuckDB reads as a finite number, except for forms which no program writes (`+5`, ` 5`, `1_000`,
 * `007`) and whole numbers which would lose digits. Regular expressions are slow, so only the few texts
 * that look suspicious meet one.
 */
function acceptsNumber(t: string): string {
  const odd = [' ', '_', '\t', '\n', '\r']
    .map((c) => `contains(${t}, ${quoteLiteral(c)})`)
    .join(' OR ');
  const suspicious = `starts_with(${t}, '0') OR starts_with(${t}, '-0') OR length(${t}) > 18`;
  return `(isfinite(TRY_CAST(${t} AS DOUBLE)) AND NOT starts_with(${t}, '+') AND NOT (${odd})
    AND CASE WHEN ${suspicious} THEN NOT regexp_full_match(${t}, '${PADDED_OR_TOO_LONG}') ELSE true END)`;
}

const FIRST_ROWS = 500;

export async function inferColumns(
  connection: DuckDBConnection,
  source: Source,
): Promise<{ rows: number; columns: InferredColumn[] }> {
  const head = await connection.runAndReadAll(
    `SELECT * FROM ${source.relation} LIMIT ${String(FIRST_ROWS)}`,
  );
  const texts = head.getColumns() as (string | null)[][];
  const survivors = source.columns.map((_, index) => {
    const present = (texts[index] ?? []).filter((text) => text !== null && !MISSING.includes(text));
    return CANDIDATES.filter(
      ({ looks, nested }) =>
        (nested !== true || source.nested) && present.every((text) => looks.test(text ?? '')),
    );
  });
  return confirm(connection, source, survivors);
}

/** Tests the narrowest type left of each column over all rows, until one holds or none is left. */
async function confirm(
  connection: DuckDBConnection,
  source: Source,
  survivors: Candidate[][],
): Promise<{ rows: number; columns: InferredColumn[] }> {
  const decided = new Map<number, InferredColumn>();
  let rows = 0;
  while (decided.size < source.columns.length) {
    const questions = source.columns.flatMap(({ name }, index) =>
      decided.has(index) ? [] : [{ name, index, candidates: (survivors[index] ?? []).slice(0, 1) }],
    );
    const result = await test(connection, source.relation, questions);
    ({ rows } = result);
    questions.forEach(({ index, candidates }, n) => {
      const values = result.values[n] ?? 0;
      const answer = result.answers[n]?.[0];
      const type = candidates[0]?.type;
      if (type === undefined || answer === undefined) {
        decided.set(index, { type: 'text', nulls: rows - values, coerced: 0 });
      } else if (answer.refuted > 0) {
        survivors[index] = (survivors[index] ?? []).slice(1);
      } else if (answer.accepted === 0) {
        survivors[index] = []; // nothing but texts for a missing value: they stay text
      } else {
        const unsafe = type === 'integer' && answer.unsafe === true;
        decided.set(index, {
          type: unsafe ? 'int64' : type,
          nulls: rows - answer.accepted,
          coerced: values - answer.accepted,
        });
      }
    });
  }
  return { rows, columns: source.columns.map((_, index) => decided.get(index) ?? TEXT) };
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

/** Tests candidate types of some columns in one pass over the relation. */
async function test(
  connection: DuckDBConnection,
  relation: string,
  questions: readonly Question[],
): Promise<{ rows: number; values: number[]; answers: Answer[][] }> {
  const select = questions.map(({ name, candidates }) => {
    const text = quoteIdentifier(name);
    const answers = candidates.map((candidate) => answerSql(text, candidate)).join(', ');
    return `, count(${text}), to_json([${answers}])::VARCHAR`;
  });
  const result = await connection.runAndReadAll(
    `SELECT count(*)${select.join('')} FROM ${relation}`,
  );
  const [rows, ...cells] = result.getRows()[0] ?? [];
  return {
    rows: Number(rows),
    values: questions.map((_, index) => Number(cells[2 * index])),
    answers: questions.map((_, index) => JSON.parse(String(cells[2 * index + 1])) as Answer[]),
  };
}

function answerSql(text: string, { type, accepts }: Candidate): string {
  const accepted = `coalesce(${accepts(text)}, false)`;
  const largest = `greatest(max(TRY_CAST(${text} AS BIGINT)), -min(TRY_CAST(${text} AS BIGINT))::HUGEINT)`;
  const unsafe =
    type === 'integer' ? `${largest} > ${String(Number.MAX_SAFE_INTEGER)}` : 'NULL::BOOLEAN';
  return `{'accepted': count(*) FILTER (${accepted}),
    'refuted': count(*) FILTER (CASE WHEN ${accepted} THEN false ELSE ${text} NOT IN (${MISSING_SQL}) END),
    'unsafe': ${unsafe}}`;
}
