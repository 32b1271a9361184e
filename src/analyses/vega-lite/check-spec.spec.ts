import { describe, expect, it } from '@jest/globals';

import { Problem } from '../../errors/problem.js';
import type { Schema } from '../../data/schema.js';
import { checkSpec, usedColumns } from './check-spec.js';

const schema: Schema = {
  columns: ['mass (g)', 'a.b', 'class', 'year'].map((name) => ({ name, type: 'number', nulls: 0 })),
  key: '_row',
  time: null,
  position: null,
};
const x = { field: 'year', type: 'quantitative' };
const point = { mark: 'point', encoding: { x } };

function fault(spec: Record<string, unknown>): string {
  try {
    checkSpec(spec, schema);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.detail;
  }
}

describe('a specification', () => {
  it.each([
    ['one view', point],
    ['its data by name', { ...point, data: { name: 'dataset' } }],
    ['layers', { layer: [{ mark: 'line', encoding: { x } }, { mark: 'rule' }] }],
    ['views side by side', { hconcat: [point, point] }],
    ['a globe', { data: { sphere: true }, projection: { type: 'orthographic' }, mark: 'geoshape' }],
    ['a field with a dot', { mark: 'point', encoding: { x: { ...x, field: 'a\\.b' } } }],
    ['fields of its own', { ...point, transform: [{ calculate: 'datum.year * 2', as: 'twice' }] }],
  ])('may have %s', (_, spec) => {
    expect(fault(spec)).toBe('accepted');
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      'a file',
      { ...point, data: { url: 'file:///etc/passwd' } },
      'params.spec.data.url: is refused',
    ],
    [
      'an address in a lookup',
      {
        ...point,
        transform: [{ lookup: 'a', from: { data: { url: 'http://127.0.0.1' }, key: 'a' } }],
      },
      'params.spec.transform[0].from.data.url: is refused',
    ],
    ['data of its own', { ...point, data: { values: [{ year: 1 }] } }, 'params.spec.data.values'],
    ['other data', { ...point, data: { name: 'other' } }, 'params.spec.data: must be {"name"'],
    ['datasets', { ...point, datasets: { dataset: [] } }, 'params.spec.datasets: is refused'],
    [
      'a link',
      { mark: 'point', encoding: { x, href: { value: 'http://x' } } },
      'params.spec.encoding.href: is refused: a picture has no links',
    ],
    ['a link of the config', { ...point, config: { mark: { href: 'x' } } }, 'config.mark.href'],
    ['an image', { mark: 'image', encoding: { x } }, 'params.spec.mark: is refused: image marks'],
    [
      'an image mark',
      { mark: { type: 'image' } },
      'params.spec.mark.type: is refused: image marks',
    ],
    [
      'an image by address',
      { mark: 'point', encoding: { x, url: { field: 'class' } } },
      'params.spec.encoding.url: is refused',
    ],
    [
      'a prototype as a key',
      { ...point, config: JSON.parse('{"__proto__": {"a": 1}}') as object },
      'params.spec.config.__proto__: is not a name',
    ],
    [
      'a prototype as a field',
      { mark: 'point', encoding: { x: { ...x, field: 'constructor' } } },
      'params.spec.encoding.x.field: "constructor" is not a name',
    ],
    [
      'a paint from elsewhere',
      { mark: { type: 'point', fill: 'url(#x)' } },
      'mark.fill: is refused',
    ],
  ])('may not reach out by %s', (_, spec, expected) => {
    expect(fault(spec)).toContain(expected);
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      'a sequence',
      { ...point, data: { sequence: { start: 0, stop: 1e9 } } },
      'params.spec.data.sequence: must have at most 10000 items',
    ],
    [
      'a sequence without an end',
      { ...point, data: { sequence: { start: 0, stop: 1, step: 0 } } },
      'at most 10000 items',
    ],
    [
      'density steps',
      { ...point, transform: [{ density: 'year', steps: 1e8 }] },
      '[0].steps: must',
    ],
    [
      'ticks',
      { mark: 'point', encoding: { x: { ...x, axis: { tickCount: 1e8 } } } },
      'params.spec.encoding.x.axis.tickCount: must be at most 200',
    ],
    [
      'bins',
      { mark: 'bar', encoding: { x: { ...x, bin: { maxbins: 1e9 } } } },
      'params.spec.encoding.x.bin.maxbins: must be at most 1000',
    ],
    [
      'narrow bins',
      { mark: 'bar', encoding: { x: { ...x, bin: { step: 1e-6, extent: [0, 1] } } } },
      'params.spec.encoding.x.bin: must make at most 1000 bins',
    ],
    ['width', { ...point, width: 1e6 }, 'params.spec.width: must be at most 4000'],
    [
      'a graticule',
      { data: { graticule: { step: [0.01, 1] } }, mark: 'geoshape' },
      'at least 1 deg',
    ],
    ['quantiles', { ...point, transform: [{ quantile: 'year', step: 1e-9 }] }, '[0].step: must be'],
  ])('may not ask for endless %s', (_, spec, expected) => {
    expect(fault(spec)).toContain(expected);
  });

  it('is bounded in size and depth', () => {
    let nested: object = point;
    for (let i = 0; i < 40; i += 1) nested = { layer: [nested] };
    expect(fault(nested as Record<string, unknown>)).toContain('must not be nested deeper than');
    const many = Array.from({ length: 3_000 }, () => point);
    expect(fault({ layer: many })).toBe('params.spec: must hold at most 10000 values');
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      'a wrong type',
      { mark: 'point', encoding: { x: { field: 'year', type: 'nominl' } } },
      'params.spec.encoding.x.type: must be one of "quantitative", "ordinal", "temporal", "nominal"',
    ],
    ['a wrong mark', { layer: [{ mark: 'lin' }] }, 'params.spec.layer[0].mark: must be one of'],
    [
      'a misspelt key',
      { mark: 'point', encoding: { x: { feild: 'year', type: 'nominal' } } },
      'params.spec.encoding.x.feild: has no place here; did you mean field',
    ],
    [
      'a wrong width',
      { ...point, width: 'wide' },
      'params.spec.width: must be one of "container", a',
    ],
    ['no mark', { encoding: { x } }, 'params.spec: needs one of mark, layer'],
    [
      'another grammar',
      { ...point, $schema: 'https://vega.github.io/schema/vega/v6.json' },
      '$schema',
    ],
    [
      'an unknown column',
      { mark: 'point', encoding: { x: { field: 'yaer', type: 'nominal' } } },
      'params.spec.encoding.x.field: there is no column "yaer"; did you mean year',
    ],
  ])('says where it has %s', (_, spec, expected) => {
    expect(fault(spec)).toContain(expected);
  });

  it('uses the columns that its fields and expressions name', () => {
    const spec = {
      mark: 'point',
      transform: [{ filter: "datum['mass (g)'] > 5" }],
      encoding: { x: { field: 'a\\.b' } },
    };
    expect(usedColumns(spec, schema)).toEqual(['mass (g)', 'a.b']);
  });
});
