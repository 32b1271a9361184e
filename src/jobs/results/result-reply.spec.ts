import { describe, expect, it } from '@jest/globals';

import { isKnown } from './result-reply.js';

const result = {
  job: 'j',
  name: 'plot.png',
  type: 'image/png',
  size: 4,
  hash: 'abc',
  version: '1.0',
};

describe('If-None-Match', () => {
  it.each(['"abc"', 'W/"abc"', '"x", "abc"', '*'])('%s names these bytes', (header) => {
    expect(isKnown(result, header)).toBe(true);
  });
  it.each([undefined, '', 'abc', '"abcd"', '"x", "y"'])('%s names others', (header) => {
    expect(isKnown(result, header)).toBe(false);
  });
});
