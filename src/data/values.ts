import type { Column, ColumnType } from './schema.js';

/**
 * Values of records as texts, which is how edits are kept: exact for whole numbers of 64 bits and
 * equal to what a load reads. Times are RFC 3339 in UTC.
 */
export type JsonValue = unknown;

/** What a JSON value of a column must be, in words for error messages. */
export const EXPECTED: Record<ColumnType, string> = {
  text: 'text (valid Unicode)',
  integer: 'a whole number between -(2^53 - 1) and 2^53 - 1',
  int64: 'a whole number of 64 bits as text',
  number: 'a number',
  boolean: 'true or false',
  date: 'a date such as "2024-02-29"',
  timestamp: 'a time such as "2024-02-29T12:00:00Z"',
  json: 'a JSON value of at most 200 levels, in valid Unicode',
};

/** The text of a JSON value; null for null, undefined where it does not fit the column. */
export function textOfJson(type: ColumnType, value: JsonValue): string | null | undefined {
  if (value === null || value === undefined) return null;
  switch (type) {
    case 'text':
      return typeof value === 'string' && isWhole(value) ? value : undefined;
    case 'integer':
      return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : undefined;
    case 'int64':
      return int64(value);
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? String(value) : undefined;
    case 'date':
    case 'timestamp':
      return typeof value === 'string' ? textOfTime(type, value) : undefined;
    case 'json':
      return textOfNested(value);
  }
}

/** Whether a text is valid Unicode: half of a pair of surrogates cannot be stored. */
const isWhole = (text: string): boolean => !/\p{Surrogate}/u.test(text);

/** How JSON.stringify writes half a pair, as against a backslash that stands in the text. */
const HALF_PAIR = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;

/** Deeper JSON is refused: those who read it take a stack frame for each level. */
const MAX_DEPTH = 200;

function textOfNested(value: JsonValue): string | undefined {
  if (depthOf(value) > MAX_DEPTH) return undefined;
  const text = JSON.stringify(value);
  return HALF_PAIR.test(text) ? undefined : text;
}

/** Levels of lists and objects, counted up to one more than is allowed. */
function depthOf(value: JsonValue, above = 0): number {
  if (typeof value !== 'object' || value === null || above > MAX_DEPTH) return above;
  let deepest = above + 1;
  for (const inner of Object.values(value)) {
    deepest = Math.max(deepest, depthOf(inner, above + 1));
    if (deepest > MAX_DEPTH) break;
  }
  return deepest;
}

/** The text of a value which came as text, as in a query string; undefined where it does not fit. */
export function textOfText(type: ColumnType, text: string): string | undefined {
  switch (type) {
    case 'text':
    case 'json':
      return text;
    case 'integer':
    case 'number':
      return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? String(Number(text)) : undefined;
    case 'int64':
      return int64(text);
    case 'boolean':
      return text === 'true' || text === 'false' ? text : undefined;
    case 'date':
    case 'timestamp':
      return textOfTime(type, text);
  }
}

/** The JSON value of a text that this module has made. */
export function jsonOfText({ type }: Column, text: string | null): JsonValue {
  if (text === null) return null;
  if (type === 'integer' || type === 'number') return Number(text);
  if (type === 'boolean') return text === 'true';
  return type === 'json' ? (JSON.parse(text) as unknown) : text;
}

const MAX_INT64 = 2n ** 63n;

function int64(value: unknown): string | undefined {
  const text = Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== 'string' || !/^-?(0|[1-9]\d{0,18})$/.test(text)) return undefined;
  const number = BigInt(text);
  return number >= -MAX_INT64 && number < MAX_INT64 ? String(number) : undefined;
}

const TIME =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6})\d*)?)?\s?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** A date or time in canonical form, in UTC; microseconds are kept. */
function textOfTime(type: 'date' | 'timestamp', text: string): string | undefined {
  const match = TIME.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] =
    match;
  const local = `${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour}:${minute}:${second}`;
  const plain = new Date(`${local}Z`);
  if (Number.isNaN(plain.getTime()) || plain.toISOString().slice(0, 19) !== local) return undefined;
  if (type === 'date') return match[4] === undefined ? local.slice(0, 10) : undefined;
  const offset = zone.toUpperCase() === 'Z' ? 'Z' : zone.replace(/^(.\d{2}):?/, '$1:');
  const instant = new Date(`${local}${offset}`);
  if (Number.isNaN(instant.getTime())) return undefined;
  const digits = fraction.replace(/0+$/, '');
  return `${instant.toISOString().slice(0, 19)}${digits === '' ? '' : `.${digits}`}Z`;
}
