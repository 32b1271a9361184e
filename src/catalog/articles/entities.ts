import nlp from 'compromise';

import { entityTypes, type Entities, type EntityType, type Mentioned } from './entity.js';
import { lexicon } from './lexicon.js';

nlp.plugin({ words: lexicon });
// The step that joins words to phrases takes a ninth of the time, and nothing here looks at phrases.
const steps = nlp.hooks();
if (steps.includes('chunks')) steps.splice(steps.indexOf('chunks'), 1);

/** What compromise has found, as far as it is used here. */
interface Found {
  out(how: 'array'): unknown;
}

/** Whole sentences, of about so many characters at most: shorter parts are read faster, a tenth or so. */
const PART_CHARACTERS = 4_000;
const UNIT =
  '(million|billion|trillion|thousand)? (dollar|dollars|cent|cents|euro|euros|pound|pounds|percent)?';

const finders: Readonly<Record<EntityType, (doc: ReturnType<typeof nlp>) => Found>> = {
  people: (doc) => doc.people(),
  places: (doc) => doc.places(),
  organisations: (doc) => doc.organizations(),
  groups: (doc) => doc.match('#Demonym+'),
  dates: (doc) => doc.match('#Date+').if('(#Month|#WeekDay|#Year|#Ordinal)'),
  amounts: (doc) => doc.match(`(#Money|#Value|#Percent)+ ${UNIT}`).splitAfter('@hasComma'),
};

/** Names are written with a capital; dates and amounts have something that makes them one. */
const isSound: Readonly<Record<EntityType, (text: string) => boolean>> = {
  people: isName,
  places: isName,
  organisations: isName,
  groups: isName,
  dates: (text) => /\d|\p{Lu}/u.test(text),
  amounts: (text) => /\d/.test(text) && /[$€£¥%]|dollar|cent|euro|pound|percent/i.test(text),
};

/**
 * The entities of an English text, as compromise finds them, the most frequent first. Long texts are read
 * paragraph by paragraph, so that time and memory grow with the length only.
 */
export function entitiesOf(text: string): Entities {
  const counts = entityTypes.map(() => new Map<string, number>());
  for (const part of partsOf(text)) {
    const doc = nlp(withoutDots(part));
    entityTypes.forEach((type, index) => {
      for (const found of finders[type](doc).out('array') as string[]) {
        for (const clean of separated(type, cleaned(found))) {
          if (!isSound[type](clean)) continue;
          counts[index]?.set(clean, (counts[index].get(clean) ?? 0) + 1);
        }
      }
    });
  }
  return Object.fromEntries(
    entityTypes.map((type, index) => [type, listOf(counts[index] ?? new Map<string, number>())]),
  ) as unknown as Entities;
}

const listOf = (counts: ReadonlyMap<string, number>): Mentioned[] =>
  [...counts]
    .map(([text, count]) => ({ text, count }))
    .sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1));

function isName(text: string): boolean {
  return text.length > 1 && /^\p{Lu}/u.test(text);
}

/** Without what stands around it in the sentence, and without a possessive. */
const cleaned = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/^[^\p{L}\p{N}$€£¥]+|[^\p{L}\p{N}%]+$/gu, '')
    .replace(/['’]s$/, '');

/** `U.S.-Mexico` as `US-Mexico`: compromise takes the first for one word. */
const withoutDots = (text: string): string =>
  text.replace(/(?<!\p{L})((?:\p{Lu}\.){2,})-(?=\p{Lu})/gu, (_, letters: string) => {
    return `${letters.replaceAll('.', '')}-`;
  });

/** Countries with a hyphen between them, as in `US-Mexico border`, are a place each. */
function separated(type: EntityType, text: string): string[] {
  const parts = text.split('-');
  return type === 'places' && parts.length > 1 && parts.every(isCountry) ? parts : [text];
}

const isCountry = (text: string): boolean =>
  ['US', 'UK', 'EU'].includes(text) || nlp(text).has('^#Country$');

/** Parts of whole paragraphs or sentences, of about so many characters at most. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > PART_CHARACTERS) {
    const head = rest.slice(0, PART_CHARACTERS);
    const end = Math.max(head.lastIndexOf('\n') + 1, head.lastIndexOf('. ') + 2);
    const cut = end > PART_CHARACTERS / 2 ? end : PART_CHARACTERS;
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...parts, rest];
}
