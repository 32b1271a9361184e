import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { QueryEngine } from '../engine/query-engine.js';
import { readColumns } from '../engine/read-columns.js';
import type { Column, Schema } from '../schema.js';
import { OPERATORS, type Condition } from './filter.js';
import { foldedName, foldedSql } from './folded-text.js';
import { readPlaces, type PageRequest, type PageSource } from './page.js';
import { columnsOfQuestion, placesInMemory, type HeldTable } from './places-in-memory.js';
import type { Range } from './range.js';
import { Totals } from './totals.js';

const column = (name: string, type: Column['type']): Column => ({ name, type, nulls: 0 });
const COLUMNS = [column('t', 'text'), column('n', 'number'), column('i', 'integer')];
const position = { latitude: 'n', longitude: 'i' };
const schema: Schema = { columns: COLUMNS, key: '_row', time: 'n', position };

let engine: QueryEngine;
let held: HeldTable;
const source = (): PageSource => ({
  schema,
  table: 'm.records',
  versionTable: 'm.version',
  applied: 3,
  sortedUntil: 3,
  totals: new Totals(),
});

beforeAll(async () => {
  engine = await QueryEngine.open({
    threads: 1,
    memoryBytes: 2 ** 28,
    folder: '/tmp',
    queryTimeoutMs: 60_000,
  });
  await engine.attach(':memory:', 'm');
  await engine.write(async (session) => {
    await session.execute(`CREATE TABLE m.records AS SELECT r * 2 AS _row,
      CASE WHEN hash(r) % 11 = 0 THEN NULL ELSE ['a', 'Ä', '', 'L6 àzz', 'zz '][(1 + hash(r + 1) % 5)::BIGINT] END AS t,
      CASE WHEN hash(r) % 7 = 0 THEN NULL WHEN hash(r) % 7 = 1 THEN -0.0 ELSE (hash(r + 2) % 40)::DOUBLE / 4 - 5 END::DOUBLE AS n,
      CASE WHEN hash(r) % 5 = 0 THEN NULL ELSE hash(r + 3) % 9 END::BIGINT AS i FROM range(400) AS _(r)`);
    await session.execute('CREATE TABLE m.version AS SELECT 3::BIGINT AS edit');
    const folded = `${foldedSql('t')} AS "${foldedName('t')}"`;
    const columns = await readColumns(
      session,
      `SELECT *, ${folded} FROM m.records ORDER BY _row`,
      [],
    );
    const rows = columns['_row'];
    if (rows?.kind !== 'number') throw new Error('no row numbers');
    held = { rows: rows.values, columns, edit: 3 };
  });
});
afterAll(() => {
  engine.close();
});

const textValue = fc.constantFrom('a', 'ä', 'Ä', '', 'L6', 'L6 àzz', 'zz ', 'zz', 'nowhere');
const numberValue = fc.constantFrom('-5', '-0', '0', '0.25', '3', '4.75', '2.5e0', '100');
const condition = fc
  .constantFrom(...COLUMNS)
  .chain((one) =>
    fc.record<Condition>({
      column: fc.constant(one),
      operator: fc.constantFrom(...OPERATORS),
      values: fc.array(one.type === 'text' ? textValue : numberValue, {
        minLength: 1,
        maxLength: 3,
      }),
    }),
  )
  .map((one) => (one.operator.endsWith('null') ? { ...one, values: [] } : one));
const edge = fc.option(fc.constantFrom('-2.5', '0', '3'));
const range = fc.record<Range>({
  column: fc.constantFrom(...COLUMNS.slice(1)),
  from: edge,
  to: edge,
  before: fc.boolean(),
});
const degrees = fc.constantFrom(-5, -0.5, 0, 2, 4.75, 9);
const box = fc.tuple(degrees, degrees, degrees, degrees);
const request = fc.record<PageRequest>({
  filter: fc.record({
    conditions: fc.array(condition, { maxLength: 3 }),
    range: fc.option(range),
    words: fc.array(fc.constantFrom('a', 'A', 'Az', 'zz', 'l6', 'è'), { maxLength: 2 }),
    box: fc.option(box),
  }),
  columns: fc.constant(COLUMNS),
  order: fc.uniqueArray(
    fc.record({ column: fc.constantFrom(...COLUMNS.slice(1)), descending: fc.boolean() }),
    { maxLength: 2, selector: ({ column: { name } }) => name },
  ),
  limit: fc.integer({ min: 0, max: 60 }),
  offset: fc.integer({ min: 0, max: 250 }),
  after: fc.constant(null),
  total: fc.boolean(),
});

describe('a page from columns in memory', () => {
  it('is that of DuckDB', async () => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(request, async (asked) => {
        const wanted = columnsOfQuestion(schema, asked);
        if (wanted === null) return;
        answered++;
        const columns = Object.fromEntries(
          wanted.flatMap(({ name }) => {
            const data = held.columns[name];
            return data === undefined ? [] : [[name, data]];
          }),
        );
        const theirs = await engine.ask((session) => readPlaces(session, source(), asked));
        expect(placesInMemory({ ...held, columns }, schema, asked)).toEqual(theirs);
      }),
      { numRuns: 400 },
    );
    expect(answered).toBeGreaterThan(100);
  });

  it.each<[string, Partial<PageRequest>]>([
    ['behind a cursor', { after: { row: 1, values: [] } }],
    ['in the order of a text', { order: [{ column: column('t', 'text'), descending: false }] }],
  ])('is not made %s', (_, part) => {
    const filter = { conditions: [], range: null, words: [], box: null };
    const all = { filter, columns: [], order: [], limit: 1, offset: 0, after: null, total: true };
    expect(columnsOfQuestion(schema, { ...all, ...part })).toBeNull();
    expect(columnsOfQuestion(schema, all)).toEqual([]);
  });
});
