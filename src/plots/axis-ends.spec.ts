import { describe, expect, it } from '@jest/globals';

import { validateJson, validateQuery } from '../parameters/validate.js';
import { endsOf, readEnds, readRange } from './axis-ends.js';
import type { ScaleType } from './choices.js';
import { PlotParameters } from './plot.parameters.js';

const read = (input: object, scale: ScaleType) => {
  const params = validateJson(PlotParameters, input, 'params.');
  readRange('x', params, scale);
  return params;
};
const refused = (field: string, message: string): Error =>
  expect.objectContaining({
    code: 'invalid-parameter',
    extras: { errors: [{ field, message: expect.stringContaining(message) as unknown }] },
  }) as unknown as Error;

describe('the ends of an axis of times', () => {
  it.each([
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2024-02', '2024-02-01T00:00:00.000Z'],
    ['2024', '2024-01-01T00:00:00.000Z'],
    ['2024-02-29T12:00:00Z', '2024-02-29T12:00:00.000Z'],
    ['2024-02-29T12:00:00+02:00', '2024-02-29T10:00:00.000Z'],
    ['2024-02-29 12:00:00.5', '2024-02-29T12:00:00.500Z'],
    ['1709164800000', '2024-02-29T00:00:00.000Z'],
  ])('may be %s, by address too', (text, time) => {
    expect(read({ xMin: text }, 'time').xMin).toBe(time);
    expect(endsOf('x', read({ xMax: text }, 'time'))).toEqual({ max: Date.parse(time) });
    const asked = validateQuery(PlotParameters, { xMin: text });
    readRange('x', asked, 'time');
    expect(asked.xMin).toBe(time);
  });

  it('may be milliseconds', () => {
    expect(endsOf('x', read({ xMin: -1, xMax: 2024 }, 'time'))).toEqual({ min: -1, max: 2024 });
  });

  it.each(['2023-02-29', '2024-13', 'yesterday', '2024-02-29T25:00:00Z', '29.2.2024', '-', '1e'])(
    'cannot be %s',
    (text) => {
      expect(() => read({ xMax: text }, 'time')).toThrow(refused('params.xMax', 'must be a time'));
    },
  );

  it('are in a calendar, and in their order', () => {
    expect(() => read({ xMin: '9e15' }, 'time')).toThrow(refused('params.xMin', 'no time'));
    expect(() => read({ xMin: '2024-02', xMax: '2024-02-01' }, 'time')).toThrow(
      refused('params.xMax', 'must be above xMin (2024-02)'),
    );
  });
});

describe('the ends of an axis of numbers', () => {
  it('are numbers, by address too', () => {
    expect(endsOf('x', read({ xMin: -1.5, xMax: '1e3' }, 'linear'))).toEqual({
      min: -1.5,
      max: 1000,
    });
  });

  it.each(['2024-02-29', 'x', '1 OR 1=1', '0x10', 'Infinity', 'NaN'])('cannot be %s', (text) => {
    expect(() => read({ xMin: text }, 'linear')).toThrow(
      refused('params.xMin', 'must be a number'),
    );
  });

  it.each([[true], [[1]], [{}], ['']])('cannot be %j', (value) => {
    expect(() => read({ xMin: value }, 'linear')).toThrow(
      refused('params.xMin', 'must be a number or a text'),
    );
  });

  it('are above 0 on a logarithm', () => {
    expect(() => read({ xMax: '0' }, 'log')).toThrow(refused('params.xMax', 'above 0'));
  });

  it('may be turned round where the axis is a circle', () => {
    const params = { xMin: 170, xMax: -170 };
    readEnds('x', params, 'linear');
    expect(params).toEqual({ xMin: 170, xMax: -170 });
  });

  it('become no part of SQL unread', () => {
    expect(() => endsOf('x', { xMin: '1) OR (1=1' })).toThrow('was not read');
  });
});
