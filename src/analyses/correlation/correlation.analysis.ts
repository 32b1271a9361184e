import { kindOf, type Schema } from '../../data/schema.js';
import { Problem } from '../../errors/problem.js';
import { defineAnalysis } from '../analysis.js';
import { jsonResult, tableResults } from '../results.js';
import { CorrelationParameters, MOST_COLUMNS } from './correlation.parameters.js';
import { pairSql } from './pair-sql.js';

interface Pair {
  readonly x: string;
  readonly y: string;
  /** Rows that have both. */
  readonly n: number;
  readonly correlation: number | null;
}

export default defineAnalysis<CorrelationParameters, Pair[]>({
  name: 'correlation',
  title: 'Correlation',
  description:
    'The correlation of each pair of columns, over the rows that have both; null where one of them does not vary. `value.json` has the same as a matrix.',
  params: CorrelationParameters,
  example: { columns: ['mass (g)', 'year', 'reclat'], method: 'spearman' },

  complete: (params, schema) => Object.assign(params, { columns: columnsOf(params, schema) }),

  async query({ columns = [], method }, dataset) {
    const pairs: Pair[] = [];
    for (const [i, x] of columns.entries()) {
      for (const y of columns.slice(i + 1)) {
        const [found] = await dataset.rows<{ n: number; r: number | null }>(pairSql(x, y, method));
        pairs.push({ x, y, n: found?.n ?? 0, correlation: bounded(found?.r ?? null) });
      }
    }
    return pairs;
  },

  compute({ columns = [], method }, pairs, task) {
    if (pairs.every(({ n }) => n === 0)) {
      throw new Problem('empty-dataset', 'no row has a value in two of the columns');
    }
    task.progress(1);
    const rows = pairs.map((pair) => ({ ...pair }));
    return {
      ...tableResults(['x', 'y', 'n', 'correlation'], rows),
      'value.json': jsonResult({ method, columns, matrix: matrixOf(columns, pairs) }),
    };
  },
});

/** @throws Problem `unsuitable-column`, `invalid-parameter` */
function columnsOf({ columns }: CorrelationParameters, schema: Schema): string[] {
  const numbers = schema.columns.filter((column) => kindOf(column) === 'number');
  const named = columns ?? numbers.map(({ name }) => name).filter((name) => name !== schema.key);
  const names = [...new Set(named)];
  if (names.length < 2) {
    const message = `two different columns of numbers are needed; there ${names.length === 0 ? 'is none' : `is ${names[0] ?? ''}`}`;
    throw Problem.field('unsuitable-column', 'params.columns', message);
  }
  if (names.length <= MOST_COLUMNS) return names;
  const message = `the dataset has ${names.length} columns of numbers; name at most ${MOST_COLUMNS}`;
  throw Problem.field('invalid-parameter', 'params.columns', message);
}

/** Rounding can push it a hair beyond 1. */
const bounded = (r: number | null): number | null =>
  r === null ? null : Math.max(-1, Math.min(1, r));

/** Rows and columns in the order of the columns, with 1 on the diagonal. */
function matrixOf(columns: readonly string[], pairs: readonly Pair[]): (number | null)[][] {
  const found = new Map(
    pairs.map(({ x, y, correlation }) => [JSON.stringify([x, y]), correlation]),
  );
  const at = (x: string, y: string): number | null => found.get(JSON.stringify([x, y])) ?? null;
  return columns.map((x, i) => columns.map((y, j) => (i === j ? 1 : i < j ? at(x, y) : at(y, x))));
}
