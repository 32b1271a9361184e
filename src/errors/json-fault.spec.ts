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
    ['[1,\n', 'Unexpected end of JSON input (line 2, column 1)'],
    ['[{"x": 1},\n]', "Unexpected token ']' (line 2, column 1)"],
    ['{"a": [],\n "a]": [1,]}', "Unexpected token ']' (line 2, column 11)"],
    [
      '{"first": "a,b,c,d", "x": [1, 2],\n "x": [1, 2,]}',
      "Unexpected token ']' (line 2, column 13)",
    ],
    [`[${'"],", '.repeat(9)}\n],", 1]`, "Unexpected token ']' (line 2, column 1)"],
    [`nul, ${'x'.repeat(40)}`, "Unexpected token ',' (line 1, column 4)"],
    ['{"mean": NaN, "sd": 1}', "Unexpected token 'N' (line 1, column 10)"],
    ['word', "Unexpected token 'w' (line 1, column 1)"],
  ])('has its place: %j', (text, fault) => {
    expect(faultOf(text)).toBe(fault);
  });

  it('has one place, whatever the version of Node adds', () => {
    const error = new Error('Bad escape in JSON at position 3 (line 1 column 4)');
    expect(jsonFault(error, 'abc\nd')).toBe('Bad escape (line 1, column 4)');
  });
});
