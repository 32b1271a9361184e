import { afterEach, describe, expect, it } from '@jest/globals';

import { datasetReader, type FakeDatasetReader } from '../../../test/factories/dataset-reader.js';
import { validateJson } from '../../parameters/validate.js';
import chromosomes from './chromosomes.analysis.js';

let dataset: FakeDatasetReader;
afterEach(() => {
  dataset.close();
});

const run = async (places: readonly (string | null)[], input: object = {}) => {
  const rows = places.map((place) => `(${place === null ? 'NULL' : `'${place}'`})`).join(', ');
  dataset = await datasetReader(`SELECT * FROM (VALUES ${rows}) AS t(location)`);
  const given = validateJson(chromosomes.params, { scale: 1, ...input });
  const params = chromosomes.complete?.(given, dataset.about.schema) ?? given;
  const task = { dataset: dataset.about, progress: () => undefined, log: () => undefined };
  const results = await chromosomes.compute(params, await chromosomes.query(params, dataset), task);
  const text = (name: string): string => Buffer.from(results[name]?.bytes ?? []).toString();
  return {
    table: JSON.parse(text('table.json')) as { chromosome: string | null; rows: number }[],
    svg: text('plot.svg'),
  };
};

describe('rows by chromosome', () => {
  it('are counted in the order of the chromosomes, those elsewhere last', async () => {
    const { table, svg } = await run([
      ...['10q21.1', '2p13', '2cen', '2', 'Xp22.33 and Yp11.2', 'Yq11', 'mitochondria'],
      ...['unplaced', '23q1', '15 not on reference assembly', null],
    ]);
    expect(table.map(({ chromosome, rows }) => [chromosome, rows])).toEqual([
      ...[['2', 3] as const, ['10', 1] as const, ['15', 1] as const, ['X', 1] as const],
      ...[['Y', 1] as const, ['MT', 1] as const, [null, 3] as const],
    ]);
    expect(svg).toContain('>11 rows; 3 without a chromosome<');
    const at = (name: string): number => svg.indexOf(`>${name}</text>`);
    expect([at('1') < at('2'), at('2') < at('10'), at('22') < at('X')]).toEqual([true, true, true]);
  });

  it.each([{ xMin: 1 }, { yScale: 'time' }, { yMin: 2, yMax: 1 }])('refuse %j', async (input) => {
    await expect(run(['1p'], input)).rejects.toThrow(/^params\./);
  });
});
