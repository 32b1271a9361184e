import type { LineForm } from './choices.js';
import type { Theme } from './theme.js';

const DASHES: Readonly<Record<string, readonly number[] | undefined>> = {
  '--': [6, 4],
  '-.': [7, 3, 1.5, 3],
  ':': [1.5, 3],
  '-': undefined,
};

const MARKERS: Readonly<Record<string, string>> = {
  o: 'circle',
  '.': 'circle',
  s: 'square',
  D: 'diamond',
  d: 'diamond',
  '^': 'triangle-up',
  v: 'triangle-down',
  '<': 'triangle-left',
  '>': 'triangle-right',
  '+': 'cross',
  x: 'cross',
  P: 'cross',
  X: 'cross',
};

/** The hues of matplotlib's letters, muted so that they stand beside one another and on both themes. */
const LETTERS: Readonly<Record<string, string>> = {
  r: '#d62f2f',
  g: '#2b9348',
  b: '#2f6fd0',
  c: '#1aa3b5',
  m: '#b944b0',
  y: '#b8960c',
};

const STYLE = /^(?:(C\d|[rgbcmykw])|(--|-\.|-|:)|([.osDd^v<>+xPX]))/;

/**
 * A form from its text: `line`, `step`, `points`, or colour, marker and line of matplotlib in any order: `r-o`,
 * `g--`, `k:`. Null where it is none.
 */
export function parseLineStyle(text: string): LineForm | null {
  if (text === 'line' || text === 'step' || text === 'points') return { form: text };
  let rest = text;
  const found: { color?: string; line?: string; marker?: string } = {};
  while (rest !== '') {
    const [all = '', color, line, marker] = STYLE.exec(rest) ?? [];
    const [name, value] =
      color !== undefined
        ? (['color', color] as const)
        : line !== undefined
          ? (['line', line] as const)
          : (['marker', marker] as const);
    if (value === undefined || found[name] !== undefined) return null;
    found[name] = value;
    rest = rest.slice(all.length);
  }
  const { color, line, marker } = found;
  const dash = DASHES[line ?? '-'];
  const shape = MARKERS[marker ?? ''];
  return {
    // A marker alone draws no line, as in matplotlib.
    form: marker === undefined ? 'line' : line === undefined ? 'dots' : 'points',
    ...(color === undefined ? {} : { color }),
    ...(shape === undefined ? {} : { marker: shape }),
    ...(dash === undefined ? {} : { dash }),
  };
}

/** The colour of a form: its letter, a place in the palette, or else its own. */
export function formColor(
  { color }: LineForm,
  own: string,
  theme: Theme,
  palette: readonly string[],
): string {
  if (color === undefined) return own;
  if (color === 'k') return theme.text;
  if (color === 'w') return theme.background;
  const place = /^C(\d)$/.exec(color)?.[1];
  return (place === undefined ? LETTERS[color] : palette[Number(place)]) ?? own;
}
