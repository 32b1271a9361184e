import { nearNames } from '../../../errors/near.js';
import { Problem } from '../../../errors/problem.js';
import { kindOf, type Column, type Schema } from '../../schema.js';
import { columnNamed, parseNames, type ListedName } from '../names.js';
import { visibleColumns } from '../output.js';
import { FUNCTIONS, functionNamed, suits } from './functions.js';
import type { Aggregate, AggregateRequest, AggregateSpec, Bucket } from './request.js';
import { isWholeDays, parseStep } from './steps.js';

const MOST_COLUMNS = 100;

/**
 * Checks what is to be grouped and computed against the columns of a dataset.
 * @param path where the fields stand in the request, such as `params.`
 * @throws Problem `invalid-parameter`, `unknown-column`, `unsuitable-column`
 */
export function parseAggregate(
  schema: Schema,
  { group, agg = 'count', bucket, fill = 'none', sort }: AggregateSpec,
  path = '',
): AggregateRequest {
  const columns = visibleColumns(schema);
  const groups = group === undefined ? [] : parseGroups(`${path}group`, group, columns);
  const calls = parseCalls(`${path}agg`, agg);
  const aggregates = calls.map((call) => parseAggregateCall(`${path}agg`, call, columns));
  const parsedBucket = bucket === undefined ? null : parseBucket(`${path}bucket`, bucket, columns);
  if (parsedBucket === null && fill !== 'none') {
    throw Problem.field(
      'invalid-parameter',
      `${path}fill`,
      'needs a bucket, such as bucket=month(time)',
    );
  }
  const names = namesOf({ groups, bucket: parsedBucket, aggregates });
  checkNames(path, names);
  const order = sort === undefined ? [] : parseSort(`${path}sort`, sort, names);
  return { groups, bucket: parsedBucket, aggregates, fill, order };
}

/** The columns of the answer, in their order. */
export const namesOf = ({
  groups,
  bucket,
  aggregates,
}: Pick<AggregateRequest, 'groups' | 'bucket' | 'aggregates'>): string[] => [
  ...groups.map(({ name }) => name),
  ...(bucket === null ? [] : [bucket.name]),
  ...aggregates.map(({ name }) => name),
];

function parseGroups(field: string, text: string, columns: readonly Column[]): Column[] {
  return parseNames(field, text).map(({ name, descending }) =>
    columnNamed(field, descending ? `-${name}` : name, columns),
  );
}

interface Call {
  readonly text: string;
  readonly name: string;
  /** What stands in the outermost parentheses; null without any. */
  readonly argument: string | null;
}

/** Calls such as `count`, `mean(mass (g))` and `p95("a,b")`, separated by commas. */
function parseCalls(field: string, text: string): Call[] {
  const calls: Call[] = [];
  const item = /\s*([A-Za-z0-9.]+)(?:\((?:"((?:[^"]|"")*)"|([^,]*))\))?(,|$)/y;
  while (item.lastIndex <= text.length) {
    const rest = text.slice(item.lastIndex);
    const match = item.exec(text);
    if (match === null) throw malformed(field, rest);
    const [, name = '', quoted, plain, end] = match;
    const argument = quoted?.replaceAll('""', '"') ?? plain ?? null;
    if (argument === '') throw malformed(field, rest);
    calls.push({ text: argument === null ? name : `${name}(${argument})`, name, argument });
    if (end === '') break;
  }
  return calls;
}

const malformed = (field: string, rest: string): Problem =>
  Problem.field(
    'invalid-parameter',
    field,
    `must be functions separated by commas, such as count,mean(mass); "${rest.slice(0, 80)}" is none. A column whose name holds a comma is double-quoted: mean("a,b")`,
  );

function parseAggregateCall(field: string, call: Call, columns: readonly Column[]): Aggregate {
  const fn = functionNamed(call.name);
  if (fn === undefined) {
    throw Problem.field('invalid-parameter', field, `"${call.name}" must be one of ${FUNCTIONS}`);
  }
  if (call.argument === null) {
    if (fn.name === 'count') return { name: 'count', function: fn, column: null };
    throw Problem.field(
      'invalid-parameter',
      field,
      `"${call.name}" needs a column: ${call.name}(column)`,
    );
  }
  const column = columnNamed(field, call.argument, columns);
  if (suits(fn, column)) return { name: call.text, function: fn, column };
  throw Problem.field(
    'unsuitable-column',
    field,
    `"${call.name}" needs a column of numbers; "${column.name}" is ${column.type}`,
  );
}

function parseBucket(field: string, text: string, columns: readonly Column[]): Bucket {
  const [call, ...more] = parseCalls(field, text);
  if (call === undefined || call.argument === null || more.length > 0) {
    throw Problem.field('invalid-parameter', field, 'must be one bucket, such as month(time)');
  }
  const column = columnNamed(field, call.argument, columns);
  const step = parseStep(field, call.name);
  if (kindOf(column) === 'time' && (column.type === 'timestamp' || isWholeDays(step))) {
    return { name: call.text, column, step };
  }
  const why =
    kindOf(column) === 'time'
      ? `needs a step of whole days, such as week or 10d: "${column.name}" has no time of day`
      : `needs a column of days or times; "${column.name}" is ${column.type}`;
  throw Problem.field('unsuitable-column', field, why);
}

function checkNames(path: string, names: readonly string[]): void {
  if (names.length > MOST_COLUMNS) {
    throw Problem.field(
      'invalid-parameter',
      `${path}agg`,
      `at most ${String(MOST_COLUMNS)} columns can be asked for`,
    );
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  throw Problem.field(
    'invalid-parameter',
    `${path}agg`,
    `two columns of the answer would be called "${twice}"`,
  );
}

function parseSort(field: string, text: string, names: readonly string[]): ListedName[] {
  return parseNames(field, text).map((listed) => {
    if (names.includes(listed.name)) return listed;
    const near = nearNames(listed.name, names);
    const known = names.map((name) => `"${name}"`).join(', ');
    throw Problem.field(
      'unknown-column',
      field,
      `the answer has no "${listed.name}", it has ${known}`,
      { near },
    );
  });
}
