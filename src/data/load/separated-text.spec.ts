import { describe, expect, it } from '@jest/globals';

import { fileLoads } from '../../../test/factories/file-loads.js';

const { load, query } = fileLoads();

/** The values of column b of the table that was made, in their order. */
const texts = async (): Promise<unknown[]> =>
  (await query('SELECT b FROM records ORDER BY _row')).getRows().flat();

describe('separated text', () => {
  it.each([
    ['a;b\n1;2\n', ';'],
    ['a|b\n1|2\n', '|'],
    ['a\tb\n1\t2\n', '\t'],
    ['\uFEFFa,b\r\n1,2\r\n', ','],
  ])('%j is separated by %j', async (text, delimiter) => {
    const { schema, report } = await load(text);
    expect(schema.columns.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(report.found['delimiter'] ?? '\t').toBe(delimiter);
    expect(report.rows).toBe(1);
  });

  it('may have no rows at all', async () => {
    const { schema, report } = await load('a,b\n');
    expect([schema.columns.length, report.rows, schema.key]).toEqual([2, 0, '_row']);
  });

  it('of which no row fits is no table', async () => {
    await expect(load('a b\n1,2\n3,4\n', { delimiter: ',' })).rejects.toThrow(
      'no row could be read',
    );
  });

  it('keeps lines of megabytes, in small files and in large ones', async () => {
    const rows = Array.from(
      { length: 30 },
      (_, i) => `${String(i)},${'x'.repeat(i === 7 ? 12_000_000 : 100)}`,
    );
    expect((await load(`a,b\n${rows.join('\n')}\n`)).report).toMatchObject({
      rows: 30,
      refused: 0,
    });
    const few = `a,b\n1,short\n2,${'x'.repeat(5_000_000)}\n3,short\n`;
    expect((await load(few)).report).toMatchObject({ rows: 3, refused: 0 });
  });

  it('may end its lines in several ways, in small files and in large ones', async () => {
    const { report } = await load('a,b\r\n1,"x\r\ny"\n3,4\r5,6\r\n7\n');
    expect(report).toMatchObject({ rows: 3, refused: 1, rejects: [{ line: 6 }] });
    expect(await texts()).toEqual(['x\r\ny', '4', '6']);
    const lines = Array.from({ length: 170_000 }, (_, i) => `${String(i)},${'x'.repeat(100)}`);
    const long = `a,b\n${lines.join('\n')}\r\n1,2\n`;
    expect((await load(long)).report).toMatchObject({ rows: 170_001, refused: 0 });
  });

  it('is the same where threads share it, whatever stands in quotes', async () => {
    const quoted = ['"1,2,3\n4,""5"",6\n"', '"\r\n,\r\n"', 'plain', '""', '"a""\n""b,c"'];
    const wanted = Array.from({ length: 120_000 }, (_, i) => quoted[(i * 7 + (i >> 3)) % 5] ?? '');
    const rows = wanted.map((text, i) => `${String(i)},${text},${'x'.repeat(i % 40)}`);
    const { report } = await load(`a,b,c\n${rows.join('\n')}\n`, { threads: 2 });
    expect(report).toMatchObject({ rows: 120_000, refused: 0 });
    const plain = wanted.map((text) => text.replace(/^"(.*)"$/s, '$1').replaceAll('""', '"'));
    expect(await texts()).toEqual(plain);
    const bad = rows.with(100_000, '1,2');
    const again = await load(`a,b,c\n${bad.join('\n')}\n`, { threads: 2 });
    const line = bad.slice(0, 100_000).join('\n').split('\n').length + 2;
    expect(again.report).toMatchObject({ rows: 119_999, refused: 1, rejects: [{ line }] });
  });

  it('with a line of 20 MB is refused', async () => {
    const long = `a,b\n1,x\n2,${'x'.repeat(20_000_000)}\n${'3,y\n'.repeat(100)}`;
    await expect(load(long)).rejects.toThrow('a line is longer than');
  });

  it('with 10,000 columns is refused', async () => {
    const header = Array.from({ length: 10_000 }, (_, i) => `c${String(i)}`).join(',');
    await expect(load(`${header}\n`)).rejects.toThrow('at most 4096 are read');
  });
});

describe('rows', () => {
  it.each(['n', 'rowid'])('keep their order, read by several threads: key %s', async (name) => {
    const lines = Array.from({ length: 60_000 }, (_, i) => `${String(i * 7)},"a\nb"`);
    const text = `${name},t\n${lines.join('\n')}\n`;
    expect((await load(text, { threads: 2 })).report).toMatchObject({ rows: 60_000, refused: 0 });
    const rows = await query(
      `SELECT count(*), count(*) FILTER ("${name}" <> (_row - 1) * 7) FROM records`,
    );
    expect(rows.getRows()).toEqual([[60_000n, 0n]]);
  });
});
