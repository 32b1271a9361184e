import { describe, expect, it } from '@jest/globals';

import { textWidth } from './fonts.js';
import { textLines } from './text-lines.js';

describe('text in lines', () => {
  it('breaks between words and ends with an ellipsis', () => {
    const lines = textLines('one two three four five six seven', { width: 60, size: 12, lines: 2 });
    expect(lines).toHaveLength(2);
    expect(lines[0]).toBe('one two');
    expect(lines[1]?.endsWith('…')).toBe(true);
    for (const line of lines) expect(textWidth(line, 12)).toBeLessThanOrEqual(60);
  });

  it('keeps a short text, and nothing of an empty one', () => {
    expect(textLines('short', { width: 100, size: 12, lines: 1 })).toEqual(['short']);
    expect(textLines(' ', { width: 100, size: 12, lines: 1 })).toEqual([]);
  });

  it('is measured in the packaged font, whose bold is wider', () => {
    expect(textWidth('Almanac', 18, 600)).toBeGreaterThan(textWidth('Almanac', 18, 400));
  });

  it('breaks Chinese and Japanese between letters, but not before a closing sign', () => {
    const broken = textLines('東京の気温、降水量（mm）', { width: 66, size: 12, lines: 9 });
    expect(broken.join('')).toBe('東京の気温、降水量（mm）');
    expect(broken.length).toBeGreaterThan(2);
    expect(broken.filter((line) => /^[、）]/.test(line))).toEqual([]);
  });
});
