import { quoteIdentifier } from '../../data/identifier.js';

/** Of people, in the order of their numbers; then the sexes' and that of the mitochondria. */
export const CHROMOSOMES: readonly string[] = [
  ...Array.from({ length: 22 }, (_, index) => String(index + 1)),
  'X',
  'Y',
  'MT',
];

/**
 * The chromosome of a cytogenetic place (ISCN): `19q13.43` is 19, `mitochondria` is MT; of `Xp22.33 and Yp11.2` the
 * first is meant. NULL where none is named, as in `unplaced`.
 */
export function chromosomeSql(column: string): string {
  const place = `trim(${quoteIdentifier(column)}::VARCHAR)`;
  const named = `nullif(regexp_extract(${place}, '^(?:chr)?([0-9]{1,2}|X|Y)(?:[pq]|cen|ter|[ -]|$)', 1, 'i'), '')`;
  return `CASE WHEN ${place} ILIKE 'mitochond%' OR ${place} ILIKE 'MT' THEN 'MT'
    WHEN upper(${named}) IN (${CHROMOSOMES.map((name) => `'${name}'`).join(', ')}) THEN upper(${named}) END`;
}
