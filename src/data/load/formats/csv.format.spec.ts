import { describe, expect, it } from '@jest/globals';

import { read } from '../../../../test/factories/loaded-table.js';

describe('separated text of other kinds', () => {
  it.each([
    ['x  y   z\n1  2.5 a\n3  4   "b c"\n', null],
    ['x   y  z\n1\t2.5\ta\n3\t4\tb c\n', null],
    ['x y z\n1 2.5 a\n3 4 "b c"\n', ' '],
    ['x^y^z\n1^2.5^a\n3^4^b c\n', '^'],
    ['x||y||z\n1||2.5||a\n3||4||b c\n', '||'],
  ])('reads %j', async (text, delimiter) => {
    expect((await read(text, { delimiter })).rows).toEqual([
      { x: '1', y: 2.5, z: 'a' },
      { x: '3', y: 4, z: 'b c' },
    ]);
  });

  it('leaves texts of several words alone', async () => {
    const { outcome } = await read('full name\nAda Lovelace\nAlan Turing\n');
    expect(outcome.schema.columns.map(({ name }) => name)).toEqual(['full name']);
  });

  it('tells line and value of rows that do not fit, behind broken rows and quoted line breaks', async () => {
    const text = 'a,b\n1,"x\ny"\n2\n\n3,z\nsoon,"q"\n4,5,6\n7,"v\n"\nlate,w\n';
    const { outcome } = await read(text, { columns: { a: { type: 'integer' } } });
    expect(outcome.report.refused).toBe(4);
    expect(outcome.rejects.map(({ line, value }) => [line, value])).toEqual([
      [4, '2'],
      [7, 'soon'],
      [8, '4,5,6'],
      [11, 'late'],
    ]);
  });
});
