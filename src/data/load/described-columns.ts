import { nearNames } from '../../errors/near.js';
import { Problem } from '../../errors/problem.js';
import type { Column, ColumnType } from '../schema.js';
import type { LoadRequest } from './request.js';
import type { Source, SourceColumn } from './source.js';
import type { InferredColumn } from './type-test.js';

/** The type that a column was given beforehand, by the request or else by the catalog. */
export const typeOf = (name: string, request: LoadRequest): ColumnType | undefined =>
  request.columns[name]?.type ?? request.declared.columns[name]?.type;

/** The columns of a source, of the types that were said or else of these. */
export const columnsOf = (
  source: Source,
  inferred: readonly InferredColumn[],
  request: LoadRequest,
): Column[] =>
  source.columns.map((column, index) =>
    described(column, inferred[index], typeOf(column.name, request)),
  );

/** Columns whose type was given beforehand. */
export const givenOf = (columns: readonly Column[], request: LoadRequest): Column[] =>
  columns.filter(({ name }) => typeOf(name, request) !== undefined);

/** A type that was said wins over that of the format, and that over what the values look like. */
function described(
  { type: own, ...column }: SourceColumn,
  inferred: InferredColumn | undefined,
  said: ColumnType | undefined,
): Column {
  const type = said ?? own ?? inferred?.type ?? 'text';
  const { nulls = 0, coerced = 0 } = inferred ?? {};
  return { ...column, type, nulls: type === 'text' ? nulls - coerced : nulls };
}

/** @throws Problem `invalid-parameter` where something is said of a column that is not there */
export function checkGiven(source: Source, request: LoadRequest): void {
  const names = source.columns.map(({ name }) => name);
  for (const name of Object.keys(request.columns)) {
    if (names.includes(name)) continue;
    const near = nearNames(name, names);
    throw Problem.field('invalid-parameter', `schema.${name}`, 'the file has no such column', {
      near,
    });
  }
}

/** How many values of each column became null because they stand for a missing one. */
export const coercedOf = (
  columns: readonly Column[],
  inferred: readonly InferredColumn[],
): Record<string, number> =>
  Object.fromEntries(
    columns.flatMap(({ name, type }, index) => {
      const coerced = type === 'text' ? 0 : (inferred[index]?.coerced ?? 0);
      return coerced > 0 ? [[name, coerced]] : [];
    }),
  );
