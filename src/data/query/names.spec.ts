import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { parseNames } from './names.js';

describe('lists of column names', () => {
  it('take any name back in quotes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.boolean()), { minLength: 1 }),
        (wanted) => {
          const text = wanted
            .map(([name, descending]) => `${descending ? '-' : ''}"${name.replaceAll('"', '""')}"`)
            .join(',');
          expect(parseNames('sort', text)).toEqual(
            wanted.map(([name, descending]) => ({ name, descending })),
          );
        },
      ),
    );
  });

  it('take plain names as they are, blanks and brackets too', () => {
    expect(parseNames('sort', '-mass (g),name')).toEqual([
      { name: 'mass (g)', descending: true },
      { name: 'name', descending: false },
    ]);
  });

  it.each(['', ',', 'a,', ',a', 'a,,b', '-', '"a'])('refuse %j', (text) => {
    if (text === '"a') expect(parseNames('sort', text)[0]?.name).toBe('"a');
    else expect(() => parseNames('sort', text)).toThrow('sort');
  });
});
