import { describe, expect, it } from '@jest/globals';

import type { Look } from './picture.js';
import { glyphsNoted, isRightToLeft } from './scripts.js';

const look: Look = {
  ...{ title: 'Title', theme: 'light', legend: 'right' },
  ...{ width: 400, height: 300, scale: 1 },
};
const notes = (title: string, names: readonly string[] = []): readonly string[] =>
  glyphsNoted(
    {
      layers: [{ encoding: { x: { scale: { domain: names } } } }],
      ...{ notes: ['3 rows'], empty: false, fill: () => ({ data: {}, summary: null }) },
    },
    { ...look, title },
  ).notes;

describe('the script of a text', () => {
  it.each([
    ['عدد السكان', true],
    ['(2) ערים', true],
    ['Cities: ירושלים', false],
    ['2020', false],
  ])('of %s runs from right to left: %s', (text, expected) => {
    expect(isRightToLeft(text)).toBe(expected);
  });

  it('is noted where no packaged font has its letters', () => {
    for (const title of [
      'Größe (µm²) – 10⁻³ °C',
      'Ωμέγα, Жук',
      'עברית, العربية',
      '都市, ひら, カタ, 한국',
    ]) {
      expect(notes(title)).toEqual(['3 rows']);
    }
    const note = 'boxes are letters for which no font is packaged: the SVG shows them';
    for (const title of ['हिन्दी', 'ภาษา', 'Rockets 🚀'])
      expect(notes(title)).toEqual(['3 rows', note]);
    expect(notes('Cities', ['ไทย'])).toEqual(['3 rows', note]);
  });
});
