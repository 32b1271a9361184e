import type { CategoryChannel } from './channels.js';

/** Categories that are told apart; the others share one colour. */
export const MOST_CATEGORIES = 20;

export interface Categories {
  /** Most frequent first; then `other` and `no value` where there are such rows. */
  readonly names: readonly string[];
  /** How many of the names are categories of their own. */
  readonly distinct: number;
  /** Index into `names`, by row. */
  readonly indexes: Int32Array;
}

/** The most frequent categories among the chosen rows; ties in the order of their first row. */
export function categoriesOf(
  { codes, dictionary, ranking }: CategoryChannel,
  chosen: Int32Array,
  most = MOST_CATEGORIES,
): Categories {
  const counts = new Map<number, number>();
  for (const row of chosen) {
    const code = codes[row] ?? -1;
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const missing = counts.delete(-1) || ranking?.missing === true;
  const ranked = ranking?.codes ?? [...counts].sort((a, b) => b[1] - a[1]).map(([code]) => code);
  // A single category too many is shown rather than called "other".
  const kept = ranked.slice(0, ranked.length === most + 1 ? most + 1 : most);
  const names = kept.map((code) => dictionary[code] ?? '');
  const others = ranked.length - kept.length;
  const other = names.length;
  if (others > 0) names.push(`other (${others} more)`);
  const none = names.length;
  if (missing) names.push('(no value)');
  const place = new Map(kept.map((code, i) => [code, i]));
  const indexes = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row] ?? -1;
    indexes[row] = code === -1 ? none : (place.get(code) ?? other);
  }
  return { names: unique(names), distinct: kept.length, indexes };
}

/** Vega takes equal names for one: a category may be called "other" itself, or have no name. */
export function unique(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.map((name) => {
    let shown = name.trim() === '' ? '(empty)' : name;
    while (seen.has(shown)) shown += ' ';
    seen.add(shown);
    return shown;
  });
}
