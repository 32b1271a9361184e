import { describe, expect, it } from '@jest/globals';

import { categoriesOf } from './categories.js';

const channel = (codes: number[], dictionary: string[]) =>
  ({ kind: 'text', label: 'c', codes: Int32Array.from(codes), dictionary }) as const;

describe('categories', () => {
  it('come most frequent first; the rest are other, and missing is named', () => {
    const codes = [0, 1, 1, 2, 2, 2, 3, 4, -1];
    const all = Int32Array.from(codes.keys());
    const { names, distinct, indexes } = categoriesOf(
      channel(codes, ['a', 'b', 'c', 'd', 'e']),
      all,
      2,
    );
    expect(names).toEqual(['c', 'b', 'other (3 more)', '(no value)']);
    expect(distinct).toBe(2);
    expect([...indexes]).toEqual([2, 1, 1, 0, 0, 0, 2, 2, 3]);
  });

  it('count only the rows that are drawn', () => {
    expect(categoriesOf(channel([0, 0, 1], ['a', 'b']), Int32Array.of(2)).names[0]).toBe('b');
  });

  it('shows one too many rather than an "other" of one', () => {
    const codes = [0, 1, 2];
    expect(categoriesOf(channel(codes, ['a', 'b', 'c']), Int32Array.from(codes), 2).names).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('keeps names apart that look alike', () => {
    const { names } = categoriesOf(channel([0, 1], ['', ' ']), Int32Array.of(0, 1));
    expect(new Set(names).size).toBe(2);
  });
});
