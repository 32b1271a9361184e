import { describe, expect, it } from '@jest/globals';

import { read } from '../../../../test/factories/loaded-table.js';

describe('JSON', () => {
  it('may be an object of equally long lists, nested values and text included', async () => {
    const table = await read('{"a": [1, null], "b": ["x", "y,z"], "c": [[1], {"d": 2}]}');
    expect(table.rows).toEqual([
      { a: '1', b: 'x', c: '[1]' },
      { a: null, b: 'y,z', c: '{"d":2}' },
    ]);
    expect((await read('{"m": {"a": [1, 2]}}', { path: 'm' })).rows).toEqual([
      { a: '1' },
      { a: '2' },
    ]);
  });

  it.each(['{"a": [1], "b": [1, 2]}', '{"a": 1}', '{"a": []}', '{"a": [1], "b": "x"}'])(
    'refuses %s',
    async (text) => {
      await expect(read(text)).rejects.toThrow('equally long lists');
    },
  );

  it.each([
    ['[{"a": 1}, {"a": 2 "b": 3}]', 'json', 'line 1, column 20'],
    ['{"rows": [{"a": 1},\n {"a": 2 "b": 3}]}', 'json', 'line 2, column 10'],
    ['{"a": 1}\n\n{"a": 2 "b": 3}\n', 'ndjson', 'line 3 is damaged: .*column 9'],
  ])('tells where %j is damaged', async (text, format, place) => {
    await expect(read(text, { format })).rejects.toMatchObject({
      code: 'unreadable-file',
      detail: expect.stringMatching(place) as unknown,
    });
  });

  it.each(['[]', '{"rows": []}', '[{}, {}]'])('refuses %s, which names no column', async (text) => {
    await expect(read(text, { format: 'json' })).rejects.toMatchObject({ code: 'unreadable-file' });
  });
});
