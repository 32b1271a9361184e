import { Problem } from '../../errors/problem.js';
import { quoteIdentifier, quoteLiteral } from '../identifier.js';
import { SQL_TYPES } from '../load/text-values.js';
import { ROW_ID, type Column, type ColumnType } from '../schema.js';
import type { Term } from './order.js';
import type { Parameters } from './where.js';

/**
 * The place behind a record in an order: the next page begins there, whatever was written in between. No
 * record that stays as it is comes twice or is left out; one whose sorted values change may move over the
 * place. Opaque to callers: a list as JSON in base64url, `[form, load, order, row, value, ...]`.
 */
export interface Cursor {
  readonly row: number;
  /** The sorted values of the record as texts. */
  readonly values: readonly (string | null)[];
}

const FORM = 1;

/** The row number of a record and its sorted values as texts, in the order of `placeSql`. */
export type Place = readonly (string | null)[];

/** SQL for what a cursor keeps of a record. It is evaluated for all rows that are sorted, so no texts are made. */
export const placeSql = (terms: readonly Term[]): readonly string[] => [
  quoteIdentifier(ROW_ID),
  ...terms.map(({ column }) => exactSql(column)),
];

/** The place of values that `placeSql` has given. */
export const placeOf = (values: readonly unknown[]): Place =>
  values.map((value) => (value === null ? null : String(value as string | bigint)));

export function writeCursor(load: number, terms: readonly Term[], place: Place): string {
  const [row, ...values] = place;
  const parts = [FORM, load, orderName(terms), Number(row), ...values];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/**
 * @param load that is read: rows of another have other places
 * @throws Problem `invalid-parameter` for what this service has not made or has made for another order,
 *   `cursor-gone` where the dataset was loaded anew since
 */
export function readCursor(text: string, load: number, terms: readonly Term[]): Cursor {
  const [form, of, order, row, ...values] = partsOf(text);
  if (form !== FORM || !isCount(of) || !isCount(row) || !values.every(isValue)) throw unreadable();
  if (order !== orderName(terms)) {
    throw Problem.field(
      'invalid-parameter',
      'cursor',
      'belongs to another sort; keep `sort` as it was',
    );
  }
  if (of !== load) {
    const message = `belongs to load ${String(of)} and load ${String(load)} is read; begin again without it`;
    throw Problem.field('cursor-gone', 'cursor', message);
  }
  const fit = terms.every(({ column }, index) => isExact(column.type, values[index]));
  if (!fit || values.length !== terms.length) throw unreadable();
  return { row, values };
}

/** The SQL condition of the records behind the place. */
export function behindSql(
  { row, values }: Cursor,
  terms: readonly Term[],
  parameters: Parameters,
): string {
  const last = `${quoteIdentifier(ROW_ID)} > ${String(row)}`;
  return terms.reduceRight((rest, { column, descending }, index) => {
    const value = values[index] ?? null;
    const name = quoteIdentifier(column.name);
    if (value === null) return `(${name} IS NULL AND ${rest})`; // nulls are the last already
    const given = valueSql(column, value, parameters);
    const beyond = `${name} ${descending ? '<' : '>'} ${given} OR ${name} IS NULL`;
    return `(${beyond} OR (${name} = ${given} AND ${rest}))`;
  }, last);
}

const isTime = ({ type }: Column): boolean => type === 'timestamp' || type === 'date';

/** The value without any loss: times as whole numbers, since the texts of far years are not read back. */
function exactSql(column: Column): string {
  const name = quoteIdentifier(column.name);
  if (!isTime(column)) return name;
  return column.type === 'date' ? `${name} - DATE '1970-01-01'` : `epoch_us(${name})`;
}

function valueSql(column: Column, value: string, parameters: Parameters): string {
  if (column.type === 'date') {
    return `(DATE '1970-01-01' + ${parameters.add(value, 'INTEGER')})`;
  }
  if (column.type === 'timestamp') return `make_timestamp(${parameters.add(value, 'BIGINT')})`;
  return parameters.add(value, SQL_TYPES[column.type]);
}

const orderName = (terms: readonly Term[]): string =>
  terms
    .map(({ column, descending }) => (descending ? '-' : '+') + quoteLiteral(column.name))
    .join();

function partsOf(text: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}

const isCount = (part: unknown): part is number => Number.isSafeInteger(part) && Number(part) >= 0;
const isValue = (part: unknown): part is string | null => part === null || typeof part === 'string';

const MAX_DAYS = 2 ** 30;
const MAX_MICROSECONDS = 2n ** 62n;

/** Whether a value can be one that `placeSql` has made of such a column. */
function isExact(type: ColumnType, value: string | null | undefined): boolean {
  if (value === undefined) return false;
  if (value === null || type === 'text' || type === 'json') return true;
  if (type === 'boolean') return value === 'true' || value === 'false';
  if (type === 'number') return /^[\d.e+-]{1,40}$/.test(value) && Number.isFinite(Number(value));
  if (!/^-?\d{1,19}$/.test(value)) return false;
  if (type === 'date') return Math.abs(Number(value)) < MAX_DAYS;
  const number = BigInt(value);
  const limit = type === 'timestamp' ? MAX_MICROSECONDS : 2n ** 63n;
  return number >= -limit && number < limit;
}

const unreadable = (): Problem =>
  Problem.field(
    'invalid-parameter',
    'cursor',
    'is none of this service; take it from `next` of a page, whole',
  );
