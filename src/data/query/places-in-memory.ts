import type { Columns } from '../columns.js';
import { quoteIdentifier } from '../identifier.js';
import type { Column, Schema } from '../schema.js';
import type { Operator } from './filter.js';
import { foldedName, foldedSql, isAscii } from './folded-text.js';
import { matchInMemory, numbers } from './match-in-memory.js';
import type { Term } from './order.js';
import type { PageRequest, PlacesPage } from './page.js';

/**
 * Answers pages from columns that are held in memory: for small tables that takes a fraction of what DuckDB
 * needs to plan a query. Only questions whose answer is surely the same: comparisons of numbers, equality and
 * parts of texts, words in ASCII, orders by numbers.
 */
export interface HeldTable {
  /** Row numbers, ascending: the order of the table. */
  readonly rows: Float64Array;
  /** The columns of the question, in the order of `rows`. */
  readonly columns: Columns;
  /** Number of the edit that they show. */
  readonly edit: number;
}

/** Rows that are put in order by a comparison of each two; more are DuckDB's. */
const MOST_SORTED = 5_000;
/** Searches in tables with more columns of text are DuckDB's: all of them would have to be held. */
const MOST_TEXTS = 16;
const ANY: readonly Operator[] = ['eq', 'not', 'in', 'notin', 'isnull', 'notnull'];
const PARTS: readonly Operator[] = ['contains', 'startswith', 'endswith'];
const ORDERED: readonly Operator[] = ['gt', 'gte', 'lt', 'lte'];

/** A column to hold: a name, and the SQL of its values. */
export interface HeldColumn {
  readonly name: string;
  readonly sql: string;
}

/** The columns that a question looks at; null where it is none of those which are answered here. */
export function columnsOfQuestion(
  schema: Schema,
  { filter, order, after }: PageRequest,
): HeldColumn[] | null {
  const { range, words, box, conditions } = filter;
  const texts = words.length === 0 ? [] : schema.columns.filter(({ type }) => type === 'text');
  const fit =
    after === null &&
    (range === null || isNumeric(range.column)) &&
    words.every(isAscii) &&
    texts.length <= MOST_TEXTS &&
    order.every(({ column }) => isNumeric(column)) &&
    conditions.every(({ column, operator }) => isAnswered(column, operator));
  if (!fit) return null;
  const { position } = schema;
  const names = [
    ...[...conditions, ...order].map(({ column }) => column.name),
    ...(range === null ? [] : [range.column.name]),
    ...(box === null || position === null ? [] : [position.latitude, position.longitude]),
  ];
  return [
    ...[...new Set(names)].map((name) => ({ name, sql: quoteIdentifier(name) })),
    ...texts.map(({ name }) => ({
      name: foldedName(name),
      sql: foldedSql(quoteIdentifier(name)),
    })),
  ];
}

function isAnswered(column: Column, operator: Operator): boolean {
  if (ANY.includes(operator)) return isNumeric(column) || column.type === 'text';
  if (PARTS.includes(operator)) return column.type === 'text';
  return ORDERED.includes(operator) && isNumeric(column);
}

/** The page; null where DuckDB had better answer. */
export function placesInMemory(
  { rows, columns, edit }: HeldTable,
  schema: Schema,
  { filter, order, limit, offset, total }: PageRequest,
): PlacesPage | null {
  const matching = matchInMemory(rows.length, columns, schema, filter);
  const end = offset + limit;
  const sorted = order.length === 0 ? matching : first(matching, columns, order, end);
  if (sorted === null) return null;
  const page = sorted.subarray(offset, end);
  const last = matching.length > end ? page.at(-1) : undefined;
  const terms = order.map(({ column }) => numbers(columns[column.name]));
  const textOf = (value = NaN): string | null => (Number.isNaN(value) ? null : String(value));
  return {
    places: Array.from(page, (at) => rows[at] ?? NaN),
    total: total ? matching.length : null,
    edit,
    place:
      last === undefined
        ? null
        : [String(rows[last]), ...terms.map((values) => textOf(values[last]))],
  };
}

const isNumeric = ({ type }: Column): boolean => type === 'number' || type === 'integer';

/** The first positions in an order with nulls last; null where too many have to be compared. */
function first(
  matching: Uint32Array,
  columns: Columns,
  order: readonly Term[],
  count: number,
): Uint32Array | null {
  const terms = order.map(({ column, descending }) => ({
    values: numbers(columns[column.name]),
    sign: descending ? -1 : 1,
  }));
  const [leading] = terms;
  if (leading === undefined) return matching;
  const keyOf = (at: number): number => leading.sign * (leading.values[at] ?? NaN);
  const keys = new Float64Array(matching.length);
  matching.forEach((at, index) => (keys[index] = keyOf(at)));
  keys.sort(); // NaN is the last
  const bound = count < keys.length ? (keys[count] ?? NaN) : NaN;
  const near = Number.isNaN(bound) ? matching : matching.filter((at) => keyOf(at) <= bound);
  if (near.length > MOST_SORTED) return null;
  return near.slice().sort((a, b) => {
    for (const { values, sign } of terms) {
      const difference = compare(values[a] ?? NaN, values[b] ?? NaN, sign);
      if (difference !== 0) return difference;
    }
    return a - b;
  });
}

function compare(a: number, b: number, sign: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return sign * (a === b ? 0 : a < b ? -1 : 1);
}
