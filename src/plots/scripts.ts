import type { Look } from './picture.js';
import type { Plan } from './plan.js';

const FIRST_LETTER = /\p{L}/u;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** Whether a text runs from right to left: its first letter says so. */
export const isRightToLeft = (text: string): boolean =>
  RIGHT_TO_LEFT.test(FIRST_LETTER.exec(text)?.[0] ?? '');

/** Scripts of which the packaged fonts have the letters; `Common` are digits, signs and spaces. */
const PRESENT = [
  ...['Common', 'Inherited', 'Latin', 'Greek', 'Cyrillic'],
  ...['Arabic', 'Hebrew', 'Armenian', 'Georgian', 'Lao'],
  ...['Han', 'Hiragana', 'Katakana', 'Hangul'],
];
const ABSENT = new RegExp(
  `[^${PRESENT.map((script) => `\\p{Script=${script}}`).join('')}]|\\p{Emoji_Presentation}`,
  'u',
);

/** The plan with a note where titles, labels or names have letters that no packaged font has. */
export function glyphsNoted(plan: Plan, { title, subtitle }: Look): Plan {
  const encodings = plan.layers.map(({ encoding }) => encoding);
  if (!ABSENT.test(JSON.stringify([title, subtitle, encodings]))) return plan;
  const note = 'boxes are letters for which no font is packaged: the SVG shows them';
  return { ...plan, notes: [...plan.notes, note] };
}
