import { didYouMean, nearNames } from '../../errors/near.js';
import { Problem } from '../../errors/problem.js';
import { fieldsOf } from '../../parameters/field-schema.js';
import type { RawFilter } from '../dataset-access.js';
import type { Column, Schema } from '../schema.js';
import { EXPECTED, textOfText } from '../values.js';
import { columnNamed } from './names.js';
import { visibleColumns } from './output.js';
import { PageParameters } from './query-parameters.js';
import { parseRange, type Range } from './range.js';

export const OPERATORS = [
  'eq',
  'not',
  'gt',
  'gte',
  'lt',
  'lte',
  'in',
  'notin',
  'contains',
  'startswith',
  'endswith',
  'like',
  'isnull',
  'notnull',
] as const;
export type Operator = (typeof OPERATORS)[number];

/** One condition on one column; several values mean any of them. */
export interface Condition {
  readonly column: Column;
  readonly operator: Operator;
  readonly values: readonly string[];
}

export interface Filter {
  readonly conditions: readonly Condition[];
  readonly range: Range | null;
  /** Words which all have to occur in some text column. */
  readonly words: readonly string[];
  /** minLon, minLat, maxLon, maxLat. */
  readonly box: readonly [number, number, number, number] | null;
}

/** What a misspelt name may have meant; parameters of the routes which take filters. */
const PARAMETERS = fieldsOf(PageParameters).map(({ name }) => name);

const TEXT_OPERATORS: readonly Operator[] = ['contains', 'startswith', 'endswith', 'like'];
const LIST_OPERATORS: readonly Operator[] = ['in', 'notin'];
const NULL_OPERATORS: readonly Operator[] = ['isnull', 'notnull'];

/**
 * Reads a filter: `column=value`, `column__op=value`, `start`, `end`, `search`, `bbox`.
 * @param path where the names stand in the request, such as `filter.`
 * @throws Problem `unknown-column`, `invalid-parameter`
 */
export function parseFilter(schema: Schema, raw: RawFilter, path = ''): Filter {
  const { start, end, search, bbox, ...columns } = raw;
  return {
    conditions: Object.entries(columns).map(([name, value]) =>
      parseCondition(schema, name, textsOf(path + name, value), path),
    ),
    range: parseRange(schema, single(`${path}start`, start), single(`${path}end`, end), path),
    words: (single(`${path}search`, search) ?? '').split(/\s+/).filter((word) => word !== ''),
    box: parseBox(schema, single(`${path}bbox`, bbox), path),
  };
}

function parseCondition(
  schema: Schema,
  name: string,
  values: readonly string[],
  path: string,
): Condition {
  const field = path + name;
  const columns = visibleColumns(schema);
  const suffix = /^(.+)__([a-z]+)$/s.exec(name);
  const operator = OPERATORS.find((known) => known === suffix?.[2]);
  const plain = columns.find((column) => column.name === name);
  if (plain === undefined && operator === undefined) refuseOperator(field, suffix, columns);
  if (plain !== undefined || operator === undefined) {
    const column = plain ?? columnNamed(field, name, columns, PARAMETERS);
    return checked(field, { column, operator: 'eq', values });
  }
  return checked(field, {
    column: columnNamed(field, suffix?.[1] ?? '', columns),
    operator,
    values,
  });
}

/** A known column with an unknown operator: the operator is at fault, not the column. */
function refuseOperator(
  field: string,
  suffix: RegExpExecArray | null,
  columns: readonly Column[],
): void {
  const [, column, wanted = ''] = suffix ?? [];
  if (!columns.some(({ name }) => name === column)) return;
  const near = nearNames(wanted, OPERATORS);
  const hint = didYouMean(near) || `; use ${OPERATORS.join(', ')}`;
  const message = `there is no operator "${wanted}"${hint}`;
  throw Problem.field('invalid-parameter', field, message, { near });
}

function checked(field: string, { column, operator, values }: Condition): Condition {
  if (NULL_OPERATORS.includes(operator))
    return { column, operator: nullTest(field, operator, values), values: [] };
  if (TEXT_OPERATORS.includes(operator)) {
    if (column.type === 'text') return { column, operator, values };
    throw Problem.field(
      'unsuitable-column',
      field,
      `"${operator}" needs a text column; "${column.name}" is ${column.type}`,
    );
  }
  const items = LIST_OPERATORS.includes(operator) ? values.flatMap(splitList) : values;
  const texts = items.map((value) => {
    const text = textOfText(column.type, value);
    if (text !== undefined) return text;
    throw Problem.field(
      'invalid-parameter',
      field,
      `must be ${EXPECTED[column.type]}; got "${value}"`,
    );
  });
  return { column, operator, values: texts };
}

function nullTest(field: string, operator: Operator, values: readonly string[]): Operator {
  const [value] = values;
  if (values.length === 1 && (value === 'true' || value === '' || value === '1')) return operator;
  if (values.length === 1 && (value === 'false' || value === '0')) {
    return operator === 'isnull' ? 'notnull' : 'isnull';
  }
  throw Problem.field('invalid-parameter', field, 'must be true or false');
}

/** A list such as `L5,"Iron, IIIAB"`. */
const splitList = (text: string): string[] =>
  [...text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );

function parseBox(schema: Schema, text: string | undefined, path: string): Filter['box'] {
  if (text === undefined) return null;
  const field = `${path}bbox`;
  if (schema.position === null) {
    throw Problem.field('unsuitable-column', field, 'the dataset has no columns of positions');
  }
  const numbers = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  const [west, south, east, north] = numbers;
  if (
    numbers.length !== 4 ||
    numbers.some((n) => !Number.isFinite(n)) ||
    (south ?? 0) > (north ?? 0)
  ) {
    throw Problem.field('invalid-parameter', field, 'must be minLon,minLat,maxLon,maxLat');
  }
  return [west ?? 0, south ?? 0, east ?? 0, north ?? 0];
}

function textsOf(field: string, value: unknown): string[] {
  const values = Array.isArray(value) ? (value as unknown[]) : [value];
  return values.map((item) => {
    if (typeof item === 'string') return item;
    if (typeof item === 'number' || typeof item === 'boolean') return String(item);
    throw Problem.field(
      'invalid-parameter',
      field,
      'must be text, a number, true or false, or a list',
    );
  });
}

function single(field: string, value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const [text, ...more] = textsOf(field, value);
  if (more.length > 0) throw Problem.field('invalid-parameter', field, 'must be given once');
  return text;
}
