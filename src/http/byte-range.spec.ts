import { describe, expect, it } from '@jest/globals';

import { contentRange, rangeOf } from './byte-range.js';

const file = { size: 1000, etag: '"abc"' };

describe('a request for a part of a file', () => {
  it.each([
    ['bytes=0-0', 'bytes 0-0/1000'],
    ['bytes=0-499', 'bytes 0-499/1000'],
    ['bytes=500-', 'bytes 500-999/1000'],
    ['bytes=-1', 'bytes 999-999/1000'],
    ['bytes=-5000', 'bytes 0-999/1000'],
    ['bytes=990-99999999999999999999', 'bytes 990-999/1000'],
    ['Bytes = 1 - 2 ', 'bytes 1-2/1000'],
  ])('%s is answered with %s', (range, expected) => {
    const found = rangeOf({ range }, file);
    expect(found && contentRange(found, file.size)).toBe(expected);
  });

  it.each([undefined, '', 'items=0-1', '0-1', 'bytes', 'bytes=0-1,5-6', 'bytes=0-0,-1'])(
    'is a request for the whole: %s',
    (range) => {
      expect(rangeOf({ range }, file)).toBeNull();
    },
  );

  it.each([
    'bytes=',
    'bytes=-',
    'bytes=x-1',
    'bytes=0-1x',
    'bytes=1',
    'bytes=--1',
    'bytes=1.5-2',
    'bytes=0x1-2',
    'bytes=1000-',
    'bytes=99999999999999999999-',
    'bytes=5-4',
    'bytes=-0',
  ])('is refused: %s', (range) => {
    expect(() => rangeOf({ range }, file)).toThrow(
      expect.objectContaining({
        code: 'range-not-satisfiable',
        extras: expect.objectContaining({
          size: 1000,
          errors: [expect.objectContaining({ field: 'range' })],
        }) as unknown,
      }),
    );
  });

  it('of an empty file is always refused', () => {
    for (const range of ['bytes=0-', 'bytes=0-0', 'bytes=-1']) {
      expect(() => rangeOf({ range }, { ...file, size: 0 })).toThrow('none of the 0 bytes');
    }
  });

  it('counts only while the caller has the start of this file', () => {
    const range = 'bytes=0-0';
    expect(rangeOf({ range, ifRange: '"abc"' }, file)).toEqual({ from: 0, length: 1 });
    for (const ifRange of ['"abcd"', 'W/"abc"', '*', '', 'Tue, 01 Dec 2026 00:00:00 GMT']) {
      expect(rangeOf({ range, ifRange }, file)).toBeNull();
      expect(rangeOf({ range: 'bytes=5000-', ifRange }, file)).toBeNull();
    }
  });
});
