/**
 * Names that compromise does not know by itself, or takes for common words or parts of others, with the tag that
 * each gets: institutions of states, and places which also are words of other names.
 */
export const lexicon: Readonly<Record<string, string>> = {
  congress: 'Organization',
  parliament: 'Organization',
  senate: 'Organization',
  'house of representatives': 'Organization',
  'supreme court': 'Organization',
  'soviet union': 'Place',
  mexico: 'Country',
  'new mexico': 'Place',
  texas: 'Place',
};
