import { describe, expect, it } from '@jest/globals';

import { jsonFault } from './json-fault.js';

function faultOf(text: string): string {
  try {
    JSON.parse(text);
  } catch (error) {
    return jsonFault(error, text);
  }
  throw new Error(`${text} is JSON`);
}

describe('what is wrong with a JSON text', () => {
  it.each([
    ['{\n  a: 1}', "Expected property name or '}' (line 2, column 3)"],
    ['{}\n\n x', 'Unexpected non-whitespace character after JSON (line 3, column 2)'],
    ['[1,', 'Unexpected end of JSON input'],
  ])('has its place where the parser knows it: %j', (text, fault) => {
    expect(faultOf(text)).toBe(fault);
  });

  it('has one place, whatever the version of Node adds', () => {
    const error = new Error('Bad escape in JSON at position 3 (line 1 column 4)');
    expect(jsonFault(error, 'abc\nd')).toBe('Bad escape (line 1, column 4)');
  });
});
