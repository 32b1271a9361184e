import { describe, expect, it } from '@jest/globals';

import type { ColumnType } from './schema.js';
import { jsonOfText, textOfJson, textOfText } from './values.js';

describe('values of columns', () => {
  it.each<[ColumnType, unknown, string | null | undefined]>([
    ['text', 'x', 'x'],
    ['text', '', ''],
    ['text', 5, undefined],
    ['text', null, null],
    ['integer', 5, '5'],
    ['integer', 2 ** 53, undefined],
    ['integer', 1.5, undefined],
    ['integer', '5', undefined],
    ['int64', '9223372036854775807', '9223372036854775807'],
    ['int64', '9223372036854775808', undefined],
    ['int64', '-9223372036854775808', '-9223372036854775808'],
    ['int64', 7, '7'],
    ['int64', '07', undefined],
    ['number', 1e-300, '1e-300'],
    ['number', Infinity, undefined],
    ['number', '1', undefined],
    ['boolean', true, 'true'],
    ['boolean', 'true', undefined],
    ['date', '2024-02-29', '2024-02-29'],
    ['date', '2023-02-29', undefined],
    ['date', '2024-02-29T00:00:00Z', undefined],
    ['timestamp', '2024-02-29T12:00:00+02:00', '2024-02-29T10:00:00Z'],
    ['timestamp', '1969-12-31 23:59:59.123456Z', '1969-12-31T23:59:59.123456Z'],
    ['timestamp', '2024-02-29', '2024-02-29T00:00:00Z'],
    ['timestamp', '2024-02-29T25:00:00Z', undefined],
    ['timestamp', 'now', undefined],
    ['json', { a: [1] }, '{"a":[1]}'],
  ])('%s takes %j as %j', (type, value, text) => {
    expect(textOfJson(type, value)).toBe(text);
  });

  it('reads numbers of a query string in any usual form', () => {
    expect(
      ['1e3', '+5', '.5', '-0', '1_000', 'NaN', ''].map((t) => textOfText('number', t)),
    ).toEqual(['1000', '5', '0.5', '0', undefined, undefined, undefined]);
  });

  it('gives back the JSON value of what it made', () => {
    const back = (type: ColumnType, value: unknown): unknown =>
      jsonOfText({ name: 'c', type, nulls: 0 }, textOfJson(type, value) ?? null);
    for (const [type, value] of [
      ['number', 0.1],
      ['integer', -3],
      ['int64', '9223372036854775807'],
      ['boolean', false],
      ['json', [1, { a: null }]],
      ['text', ''],
      ['text', null],
    ] as const) {
      expect(back(type, value)).toEqual(value);
    }
  });
});
