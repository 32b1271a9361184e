import { describe, expect, it } from '@jest/globals';

import { read } from '../../../../test/factories/loaded-table.js';

const PEOPLE = [
  { id: '1', name: 'Ann', 'mass (g)': 1.5 },
  { id: '2', name: 'Bo', 'mass (g)': null },
];

describe('XML', () => {
  const people = `<?xml version="1.0"?>
    <doc><title>People</title><list>
      <person id="1"><name>Ann</name><mass_g name="mass (g)" unit="g">1.5</mass_g></person>
      <person id="2"><name>Bo</name></person>
    </list></doc>`;

  it('finds the element that repeats, attributes, units and names that are no tags', async () => {
    const table = await read(people);
    expect(table.outcome.report).toMatchObject({
      format: 'xml',
      found: { path: 'doc/list/person' },
    });
    expect(table.rows).toEqual(PEOPLE);
    expect(table.outcome.schema.columns[2]).toMatchObject({
      name: 'mass (g)',
      unit: 'g',
      nulls: 1,
    });
  });

  it.each(['doc/list/person', 'doc.list.person', 'person'])('takes %s as a path', async (path) => {
    expect((await read(people, { path })).rows).toEqual(PEOPLE);
  });

  it('names nested elements with dots and makes lists of those that repeat', async () => {
    const { rows, outcome } = await read(
      `<a><r><p><x>1</x><y>2</y></p><t>u</t><t>v</t><e></e><c cur="EUR">5</c></r><r><p><x>3</x></p><t>w</t></r></a>`,
    );
    expect(rows).toEqual([
      { 'p.x': '1', 'p.y': '2', t: '["u","v"]', e: '', 'c.cur': 'EUR', c: '5' },
      { 'p.x': '3', 'p.y': null, t: '["w"]', e: null, 'c.cur': null, c: null },
    ]);
    expect(outcome.schema.columns.find(({ name }) => name === 't')?.type).toBe('json');
  });

  it('reads one record, and records that are attributes only', async () => {
    expect((await read('<data><record><a>1</a><b>x</b></record></data>')).rows).toEqual([
      { a: '1', b: 'x' },
    ]);
    expect((await read('<osm><node id="1" lat="2.5"/><node id="2" lat="3"/></osm>')).rows).toEqual([
      { id: '1', lat: 2.5 },
      { id: '2', lat: 3 },
    ]);
  });

  it('keeps CDATA, entities, blanks and keys of prototypes as they are', async () => {
    const table = await read(
      '<d><r><a> x &amp; &#13;y </a><b><![CDATA[<b>]]></b><__proto__>p</__proto__></r><r><a>z</a></r></d>',
    );
    expect(table.rows[0]).toEqual({ a: ' x & \ry ', b: '<b>' }); // the driver leaves `__proto__` out
    expect(table.outcome.schema.columns.map(({ name }) => name)).toContain('__proto__');
  });

  it('keeps units that differ as they are reported', async () => {
    const { outcome } = await read('<d><r><m unit="g">1</m></r><r><m unit="kg">2</m></r></d>');
    expect(outcome.schema.columns[0]?.unit).toBeUndefined();
    expect(outcome.report.found['mixedUnits']).toEqual(['m']);
  });

  it.each([
    ['<a><b>1</b>\n  c>2</c></a>', 'line 2, column'],
    ['<a><b>1</b>', 'unclosed tag'],
    ['<a>&nope;</a>', 'undefined entity'],
    ['<a b=1/>', 'line 1'],
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'entity declarations are not read'],
    [`${'<a>'.repeat(300)}${'</a>'.repeat(300)}`, 'more than 200 elements lie in each other'],
    ['<a>text</a>', 'no element of the XML document repeats'],
    ['<a></a><b></b>', 'line 1'],
  ])('refuses %.40s', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  it('refuses a path that is not there and names near ones', async () => {
    await expect(read(people, { path: 'doc/list/persons' })).rejects.toMatchObject({
      code: 'unreadable-file',
      extras: { near: expect.arrayContaining(['doc/list/person']) as unknown },
    });
  });
});
