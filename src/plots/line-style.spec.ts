import { describe, expect, it } from '@jest/globals';

import { parseLineStyle } from './line-style.js';

describe('a style string', () => {
  it.each([
    ['line', { form: 'line' }],
    ['step', { form: 'step' }],
    ['r-o', { form: 'points', color: 'r', marker: 'circle' }],
    ['g--', { form: 'line', color: 'g', dash: [6, 4] }],
    ['--g', { form: 'line', color: 'g', dash: [6, 4] }],
    ['k:s', { form: 'points', color: 'k', marker: 'square', dash: [1.5, 3] }],
    ['b^', { form: 'dots', color: 'b', marker: 'triangle-up' }],
    ['C2-.', { form: 'line', color: 'C2', dash: [7, 3, 1.5, 3] }],
    ['-', { form: 'line' }],
  ])('%s is read as in matplotlib', (text, form) => {
    expect(parseLineStyle(text)).toEqual(form);
  });

  it.each(['rr', 'r-o-', 'z', 'lines', 'r-o!', '-o-'])('%s is none', (text) => {
    expect(parseLineStyle(text)).toBeNull();
  });
});
