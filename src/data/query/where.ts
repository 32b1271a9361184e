import type { SqlValue } from '../../analyses/analysis.js';
import { quoteIdentifier } from '../identifier.js';
import { SQL_TYPES } from '../load/text-values.js';
import type { Column, Schema } from '../schema.js';
import type { Condition, Filter, Operator } from './filter.js';
import { foldedSql } from './folded-text.js';
import type { Range } from './range.js';

/** Collects values and names them $1, $2, ... in the SQL. */
export class Parameters {
  readonly values: SqlValue[];

  /** @param before values which have their numbers already */
  constructor(before: readonly SqlValue[] = []) {
    this.values = [...before];
  }

  /** @returns SQL for the value, with its type */
  add(text: string, type = 'VARCHAR'): string {
    this.values.push(text);
    return `$${String(this.values.length)}::${type}`;
  }
}

/** The SQL condition of a filter; `true` for one that keeps everything. */
export function whereSql(schema: Schema, filter: Filter, parameters: Parameters): string {
  const parts = [
    ...filter.conditions.map((condition) => conditionSql(condition, parameters)),
    ...(filter.range === null ? [] : rangeSql(filter.range, parameters)),
    ...filter.words.map((word) => wordSql(schema, word, parameters)),
    ...boxSql(schema, filter),
  ];
  return parts.length === 0 ? 'true' : parts.join(' AND ');
}

const COMPARISONS: Partial<Record<Operator, string>> = { gt: '>', gte: '>=', lt: '<', lte: '<=' };
const TEXT_FUNCTIONS: Partial<Record<Operator, string>> = {
  contains: 'contains',
  startswith: 'starts_with',
  endswith: 'ends_with',
};

/** DuckDB's type for comparing: whole numbers are compared with any number, 2.5 too; JSON by its text. */
function compareType({ type }: Column): string {
  if (type === 'json') return 'VARCHAR';
  return type === 'integer' ? 'DOUBLE' : SQL_TYPES[type];
}

/** SQL for a column in a comparison. */
const compared = ({ name, type }: Column): string =>
  type === 'json' ? `${quoteIdentifier(name)}::VARCHAR` : quoteIdentifier(name);

function conditionSql({ column, operator, values }: Condition, parameters: Parameters): string {
  const name = compared(column);
  const type = compareType(column);
  const any = (make: (value: string) => string): string => `(${values.map(make).join(' OR ')})`;
  const list = (): string => values.map((value) => parameters.add(value, type)).join(', ');
  switch (operator) {
    case 'eq':
    case 'in':
      return values.length === 0 ? 'false' : `${name} IN (${list()})`;
    case 'not':
    case 'notin':
      return values.length === 0 ? 'true' : `(${name} NOT IN (${list()}) OR ${name} IS NULL)`;
    case 'isnull':
      return `${name} IS NULL`;
    case 'notnull':
      return `${name} IS NOT NULL`;
    case 'like':
      return any((value) => `${name} LIKE ${parameters.add(value)}`);
    case 'contains':
    case 'startswith':
    case 'endswith':
      return any((value) => `${TEXT_FUNCTIONS[operator] ?? ''}(${name}, ${parameters.add(value)})`);
    default:
      return any(
        (value) => `${name} ${COMPARISONS[operator] ?? '='} ${parameters.add(value, type)}`,
      );
  }
}

function rangeSql({ column, from, to, before }: Range, parameters: Parameters): string[] {
  const name = compared(column);
  const type = compareType(column);
  return [
    ...(from === null ? [] : [`${name} >= ${parameters.add(from, type)}`]),
    ...(to === null ? [] : [`${name} ${before ? '<' : '<='} ${parameters.add(to, type)}`]),
  ];
}

/** Letter case and accents do not matter. */
function wordSql(schema: Schema, word: string, parameters: Parameters): string {
  const columns = schema.columns.filter(({ type }) => type === 'text');
  if (columns.length === 0) return 'false';
  const wanted = foldedSql(parameters.add(word));
  const tests = columns.map(
    ({ name }) => `contains(${foldedSql(quoteIdentifier(name))}, ${wanted})`,
  );
  return `coalesce(${tests.map((test) => `coalesce(${test}, false)`).join(' OR ')}, false)`;
}

function boxSql(schema: Schema, { box }: Filter): string[] {
  if (box === null || schema.position === null) return [];
  const [west, south, east, north] = box.map((degrees) => `(${String(degrees)})::DOUBLE`);
  const longitude = quoteIdentifier(schema.position.longitude);
  const inside = `${longitude} >= ${west ?? ''}`;
  const until = `${longitude} <= ${east ?? ''}`;
  const across = box[0] > box[2]; // over the 180th meridian
  return [
    `${quoteIdentifier(schema.position.latitude)} BETWEEN ${south ?? ''} AND ${north ?? ''}`,
    across ? `(${inside} OR ${until})` : `(${inside} AND ${until})`,
  ];
}
