import type { TextColumn } from '../../data/columns.js';
import type { Series } from '../../plots/picture.js';

/** `station 2` before `station 10`. */
const collator = new Intl.Collator('en', { numeric: true });

/** One series for each value of a text column, the longest first; rows keep their order. */
export function splitSeries(
  x: Float64Array,
  y: Float64Array,
  { codes, dictionary }: TextColumn,
): Series[] {
  const rows = new Map<number, number[]>();
  codes.forEach((code, row) => {
    const own = rows.get(code);
    if (own === undefined) rows.set(code, [row]);
    else own.push(row);
  });
  const name = (code: number): string => (code === -1 ? '(no value)' : (dictionary[code] ?? ''));
  return [...rows]
    .map(([code, own]) => ({
      name: name(code),
      x: Float64Array.from(own, (row) => x[row] ?? NaN),
      y: Float64Array.from(own, (row) => y[row] ?? NaN),
    }))
    .sort((a, b) => b.x.length - a.x.length || collator.compare(a.name, b.name));
}

/** One series for each pair of values, named by the first: several have one name. */
export function splitTwice(
  x: Float64Array,
  y: Float64Array,
  named: TextColumn,
  apart: TextColumn,
): Series[] {
  const width = apart.dictionary.length + 1;
  const codes = named.codes.map((code, row) => (code + 1) * width + (apart.codes[row] ?? -1) + 1);
  const names = ['(no value)', ...named.dictionary];
  const dictionary = names.flatMap((name) => Array.from({ length: width }, () => name));
  return splitSeries(x, y, { kind: 'text', codes, dictionary });
}
