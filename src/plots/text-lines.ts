import { textWidth, type FontWeight } from './fonts.js';

export interface TextBox {
  readonly width: number;
  readonly size: number;
  readonly weight?: FontWeight;
  readonly lines: number;
}

/** Chinese and Japanese have no spaces: a line may end after each letter that no closing sign follows. */
const UNSPACED = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}';
const PIECES = new RegExp(
  ` ?(?:[${UNSPACED}][ー、。，．：；！？）」』】〉》]*|[^\\s${UNSPACED}]+)`,
  'gu',
);

/** A text broken into lines that fit a width; what is too long for the last line ends in an ellipsis. */
export function textLines(text: string, { width, size, weight = 400, lines }: TextBox): string[] {
  const fits = (line: string): boolean => textWidth(line, size, weight) <= width;
  const done: string[] = [];
  let pieces = text.trim().replaceAll(/\s+/g, ' ').match(PIECES) ?? ([] as string[]);
  const line = (count?: number): string => pieces.slice(0, count).join('').trimStart();
  while (pieces.length > 0) {
    if (done.length === lines - 1) {
      done.push(shortened(line(), fits));
      break;
    }
    let taken = 1;
    while (taken < pieces.length && fits(line(taken + 1))) taken += 1;
    done.push(shortened(line(taken), fits));
    pieces = pieces.slice(taken);
  }
  return done;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The longest start of the text that fits, by bisection over its characters. */
function shortened(text: string, fits: (line: string) => boolean): string {
  if (fits(text)) return text;
  const characters = Array.from(segmenter.segment(text), ({ segment }) => segment);
  let low = 0;
  let high = characters.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (fits(`${characters.slice(0, middle).join('')}…`)) low = middle;
    else high = middle;
  }
  return `${characters.slice(0, low).join('').trimEnd()}…`;
}
