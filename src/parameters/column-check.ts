import { didYouMean, nearNames } from '../errors/near.js';
import { Problem } from '../errors/problem.js';
import { fieldsOf, type Field } from './field-schema.js';
import { kindOf, type Schema } from '../data/schema.js';

/**
 * Checks every parameter that names columns against the dataset, so that a request fails at once and not as
 * a job.
 * @throws Problem `unknown-column`, `unsuitable-column`
 */
export function checkColumns(
  parameters: object,
  params: object,
  schema: Schema,
  path = 'params.',
): void {
  for (const field of fieldsOf(parameters)) {
    if (field.columnKinds === undefined) continue;
    const value = (params as Readonly<Record<string, unknown>>)[field.name];
    const names = (Array.isArray(value) ? value : [value]).filter(
      (name): name is string => typeof name === 'string',
    );
    for (const name of names) checkColumn(field, name, schema, path);
  }
}

function checkColumn(
  { name: field, columnKinds = [] }: Field,
  name: string,
  schema: Schema,
  path: string,
): void {
  const column = schema.columns.find((candidate) => candidate.name === name);
  if (column === undefined) {
    const near = nearNames(
      name,
      schema.columns.map((candidate) => candidate.name),
    );
    const message = `there is no column ${JSON.stringify(name)}${didYouMean(near)}`;
    throw Problem.field('unknown-column', `${path}${field}`, message, { near });
  }
  if (columnKinds.length === 0 || columnKinds.includes(kindOf(column))) return;
  throw Problem.field(
    'unsuitable-column',
    `${path}${field}`,
    `column ${JSON.stringify(name)} has type ${column.type}; expected ${columnKinds.join(' or ')}`,
  );
}
