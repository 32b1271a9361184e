import { describe, expect, it } from '@jest/globals';

import type { Problem } from '../../errors/problem.js';
import type { Schema } from '../schema.js';
import { parseFilter } from './filter.js';

const SCHEMA: Schema = {
  columns: [
    { name: 'name', type: 'text', nulls: 0 },
    { name: 'a__b', type: 'integer', nulls: 0 },
  ],
  key: '_row',
  time: null,
  position: null,
};

function refusal(name: string): [string, readonly string[] | undefined] {
  try {
    parseFilter(SCHEMA, { [name]: '1' });
  } catch (error) {
    const { code, extras } = error as Problem;
    return [code, extras.near];
  }
  throw new Error('nothing was refused');
}

describe('a filter', () => {
  it('with an unknown operator names the near ones', () => {
    expect(refusal('name__startwith')).toEqual(['invalid-parameter', ['startswith']]);
    expect(refusal('name__regex')).toEqual(['invalid-parameter', []]);
  });

  it('on an unknown column names the near columns', () => {
    expect(refusal('nam__eq')).toEqual(['unknown-column', ['name']]);
  });

  it('by what is a parameter at other addresses says that it is none here', () => {
    expect(() => parseFilter(SCHEMA, { limit: '5' })).toThrow(
      'limit: is no parameter here, and there is no column "limit"',
    );
  });

  it('takes a column whose name looks like one with an operator', () => {
    expect(parseFilter(SCHEMA, { a__b: '1' }).conditions).toMatchObject([{ operator: 'eq' }]);
  });
});
