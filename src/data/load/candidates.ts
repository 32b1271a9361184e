import { quoteLiteral } from '../identifier.js';
import type { ColumnType } from '../schema.js';

/** Text which stands for a missing value in a column of numbers, times or booleans. */
export const MISSING = [
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
  /** Matches every text of the type, and some more: it rules a type out by a few texts. */
  readonly looks: RegExp;
  /** @param raw what DuckDB reads in the text, see `rawSql` */
  readonly accepts: (text: string, raw: string) => string;
  /** Only in formats whose values can be lists and objects. */
  readonly nested?: true;
}

/** From the narrowest type to the widest: SQL that is true for a text of the type. */
export const CANDIDATES: readonly Candidate[] = [
  { type: 'boolean', looks: /^(true|false)$/i, accepts: (t) => `lower(${t}) IN ('true', 'false')` },
  { type: 'integer', looks: /^-?(0|[1-9]\d*)$/, accepts: (t, raw) => `${raw}::VARCHAR = ${t}` },
  {
    type: 'number',
    looks: new RegExp(`^(${NUMBER})$`),
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
