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
});
