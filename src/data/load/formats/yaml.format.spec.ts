import { describe, expect, it } from '@jest/globals';

import { namesAndTypes, read } from '../../../../test/factories/loaded-table.js';

const PEOPLE = [
  { id: '1', name: 'Ann', 'mass (g)': 1.5 },
  { id: '2', name: 'Bo', 'mass (g)': null },
];

describe('YAML', () => {
  it.each([
    ['- id: 1\n  name: Ann\n  mass (g): 1.5\n- {id: 2, name: Bo, mass (g): null}\n', null],
    ['---\npeople:\n- id: 1\n  name: Ann\n  "mass (g)": 1.5\n- id: 2\n  name: Bo\n', 'people'],
    ['id: [1, 2]\nname: [Ann, Bo]\nmass (g): [1.5, ~]\n', null],
    ['---\nid: 1\nname: Ann\nmass (g): 1.5\n---\nid: 2\nname: Bo\n', null],
    [
      'base: &b\n  name: Ann\n  mass (g): 1.5\npeople:\n- {<<: *b, id: 1}\n- {id: 2, name: Bo}\n',
      'people',
    ],
  ])('reads %j', async (text, path) => {
    const table = await read(text, { format: 'yaml' });
    expect(table.rows).toHaveLength(2);
    expect(table.rows).toEqual(PEOPLE.map((row) => expect.objectContaining(row) as unknown));
    expect(table.outcome.report.found['path'] ?? null).toBe(path);
  });

  it('loses no digit and no leading zero', async () => {
    const table = await read(
      '- a: 9223372036854775807\n  b: 0123\n  c: .nan\n- a: 1\n  b: 5\n  c: 2.5\n',
    );
    expect(table.outcome.report.format).toBe('yaml');
    expect(namesAndTypes(table)).toEqual({ a: 'int64', b: 'text', c: 'number' });
    expect(table.rows[0]).toEqual({ a: '9223372036854775807', b: '0123', c: null });
  });

  const bomb = ['a0: &a0 [x, x]']
    .concat(
      Array.from(
        { length: 40 },
        (_, i) => `a${String(i + 1)}: &a${String(i + 1)} [*a${String(i)}, *a${String(i)}]`,
      ),
    )
    .join('\n');
  it.each([
    [bomb, 'by its aliases'],
    ['- &a [*a]\n', 'contains itself'],
    ['a: [1\nb: }\n', 'line'],
    ['- a: 1\n  a: 2\n', 'duplicated mapping key'],
    ['['.repeat(100_000), 'maxDepth'],
    ['a: 1\nb: 2\n', 'no list of mappings'],
    ['- 1\n- 2\n', 'must be a JSON object'],
  ])('refuses %.30j', async (text, message) => {
    await expect(read(text, { format: 'yaml' })).rejects.toThrow(message);
  });
});
