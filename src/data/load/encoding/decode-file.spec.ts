import { describe, expect, it } from '@jest/globals';

import { read } from '../../../../test/factories/loaded-table.js';

describe('encodings', () => {
  const text = 'name,n\nZürich “quoted”,1\nGenève,2\n';
  const rows = [
    { name: 'Zürich “quoted”', n: '1' },
    { name: 'Genève', n: '2' },
  ];
  const latin = Buffer.from(text.replace('“', '\x93').replace('”', '\x94'), 'latin1');
  it.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\uFEFF${text}`)],
    ['utf-16le', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['utf-16be', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['windows-1252', latin],
  ])('%s is found', async (encoding, bytes) => {
    const table = await read(bytes);
    expect(table.rows).toEqual(rows);
    expect(table.outcome.report.found['encoding']).toBe(encoding);
  });

  it('is taken from the media type or the XML declaration where it is not UTF-8', async () => {
    const cyrillic = Buffer.concat([
      Buffer.from('a,b\n'),
      Buffer.from([0xc4, 0xc1]),
      Buffer.from(',1\n'),
    ]);
    expect((await read(cyrillic, { charset: 'koi8-r' })).rows).toEqual([{ a: 'да', b: '1' }]);
    const xml = Buffer.from(
      '<?xml version="1.0" encoding="ISO-8859-2"?><d><r><a>\xB1</a></r></d>',
      'latin1',
    );
    expect((await read(xml)).rows).toEqual([{ a: 'ą' }]);
  });

  it('leaves damaged UTF-8 to the reader, which refuses the row', async () => {
    const damaged = Buffer.concat([
      Buffer.from('a,b\nä,ö\n'),
      Buffer.from([0xff]),
      Buffer.from(',1\nü,2\n'),
    ]);
    const { outcome } = await read(damaged);
    expect(outcome.report).toMatchObject({ rows: 2, refused: 1 });
    expect(outcome.rejects[0]).toMatchObject({ line: 3, reason: 'not valid UTF-8' });
  });

  it.each([
    [Buffer.from('a,b\n1,2\n3,\0\n'), 'line 3 holds a NUL character'],
    [Buffer.from('PK\x03\x04rest'), 'save the sheet as CSV'],
  ])('refuses what is no text', async (bytes, message) => {
    await expect(read(bytes)).rejects.toThrow(message);
  });
});
