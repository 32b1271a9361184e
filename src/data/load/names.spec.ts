import { describe, expect, it } from '@jest/globals';

import { columnNames } from './names.js';

describe('column names', () => {
  it('stay as they are wherever they can be addressed', () => {
    const names = ['mass (g)', 'a,b', '"q"', 'ÄÖ', '日本', 'select', 'x__gt'];
    expect(columnNames(names)).toEqual(names.map((name) => ({ name })));
  });

  it('change where they repeat, are empty, or are reserved, and keep what stood in the file', () => {
    expect(columnNames(['a', 'A', ' a', '', 'a_2', '_row', 'tab\there'])).toEqual([
      { name: 'a' },
      { name: 'A_2', source: 'A' },
      { name: 'a_3', source: ' a' },
      { name: 'column_4', source: '' },
      { name: 'a_2_2', source: 'a_2' },
      { name: '_row_2', source: '_row' },
      { name: 'tab here', source: 'tab\there' },
    ]);
  });
});
