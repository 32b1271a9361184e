import { textResult, type Result } from '../analyses/results.js';
import { withDescription } from './png/description.js';

/** A PNG with what it shows in words, in it and beside it. */
export const pngResult = (png: Uint8Array, words: string): Result => ({
  type: 'image/png',
  bytes: words === '' ? png : withDescription(png, words),
  ...(words === '' ? {} : { description: words }),
});

/** An SVG with its title and what it shows in words, as screen readers take them. */
export function svgResult(svg: string, title: string, words: string): Result {
  const end = svg.indexOf('>');
  const said = ` role="img"><title>${escaped(title)}</title><desc>${escaped(words)}</desc>`;
  return {
    ...textResult('image/svg+xml', svg.slice(0, end) + said + svg.slice(end + 1)),
    ...(words === '' ? {} : { description: words }),
  };
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
