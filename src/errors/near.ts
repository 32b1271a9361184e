import { distance } from 'fastest-levenshtein';

/** Up to three known names that look like the unknown one, most alike first. */
export function nearNames(unknown: string, known: Iterable<string>): string[] {
  const wanted = unknown.toLowerCase();
  const limit = Math.max(2, Math.floor(wanted.length / 3));
  return [...known]
    .map((name) => {
      const lower = name.toLowerCase();
      const contained = wanted.length > 2 && (lower.includes(wanted) || wanted.includes(lower));
      return { name, far: contained ? 1 : distance(wanted, lower) };
    })
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** The end of a sentence that names what may have been meant; '' where nothing is alike. */
export const didYouMean = (near: readonly string[]): string =>
  near.length === 0 ? '' : `; did you mean ${near.join(' or ')}?`;
