import { describe, expect, it } from '@jest/globals';

import type { Problem } from '../../errors/problem.js';
import type { Column, ColumnType } from '../schema.js';
import { behindSql, readCursor, writeCursor } from './cursor.js';
import type { Term } from './order.js';
import { Parameters } from './where.js';

const term = (name: string, type: ColumnType, descending = false): Term => ({
  column: { name, type, nulls: 0 } satisfies Column,
  descending,
});
const NAME = term('name', 'text');
const MASS = term('mass', 'number', true);
const SEEN = term('seen', 'timestamp');

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
function refusal(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    const { code, extras } = error as Problem;
    return [code, extras.errors?.[0]?.field];
  }
}

describe('a cursor', () => {
  it('gives back the place that was written', () => {
    const text = writeCursor(3, [NAME, MASS, SEEN], ['17', 'Ä"\n', null, '-1000000']);
    expect(text).toMatch(/^[\w-]+$/);
    expect(readCursor(text, 3, [NAME, MASS, SEEN])).toEqual({
      row: 17,
      values: ['Ä"\n', null, '-1000000'],
    });
  });

  it('is told apart by order and load', () => {
    const text = writeCursor(3, [NAME], ['17', 'x']);
    expect(refusal(() => readCursor(text, 3, []))).toEqual(['invalid-parameter', 'cursor']);
    expect(refusal(() => readCursor(text, 3, [{ ...NAME, descending: true }]))).toEqual([
      'invalid-parameter',
      'cursor',
    ]);
    expect(refusal(() => readCursor(text, 4, [NAME]))).toEqual(['cursor-gone', 'cursor']);
  });

  it.each([
    '',
    'x',
    '100',
    encode(null),
    encode({}),
    encode([]),
    encode([1, 3, "-'mass'", 1.5, '1']),
    encode([1, 3, "-'mass'", 1]),
    encode([1, 3, "-'mass'", 1, '1', '2']),
    encode([1, 3, "-'mass'", 1, 5]),
    encode([1, 3, "-'mass'", 1, '1; DROP TABLE records']),
    encode([1, 3, "-'mass'", 1, '1e999']),
    encode([1, 3, "-'mass'", '1', '1']),
    encode([2, 3, "-'mass'", 1, '1']),
  ])('%s is refused, by name', (text) => {
    expect(refusal(() => readCursor(text, 3, [MASS]))).toEqual(['invalid-parameter', 'cursor']);
  });

  it('keeps what is behind it, nulls last', () => {
    const parameters = new Parameters();
    const sql = behindSql({ row: 5, values: ['a', null] }, [NAME, MASS], parameters);
    expect(sql).toBe(
      '("name" > $1::VARCHAR OR "name" IS NULL OR ("name" = $1::VARCHAR AND ("mass" IS NULL AND "_row" > 5)))',
    );
    expect(parameters.values).toEqual(['a']);
  });
});
