import { afterEach, describe, expect, it } from '@jest/globals';

import { datasetReader, type FakeDatasetReader } from '../../../test/factories/dataset-reader.js';
import { validateJson } from '../../parameters/validate.js';
import aggregate from './aggregate.analysis.js';

let dataset: FakeDatasetReader;
afterEach(() => {
  dataset.close();
});

const csv = async (query: string, input: object): Promise<string> => {
  dataset = await datasetReader(query);
  const given = validateJson(aggregate.params, input);
  const params = aggregate.complete?.(given, dataset.about.schema) ?? given;
  const task = { dataset: dataset.about, progress: () => undefined, log: () => undefined };
  const results = await aggregate.compute(params, await aggregate.query(params, dataset), task);
  return Buffer.from(results['table.csv']?.bytes ?? []).toString();
};

const MASSES = `SELECT * FROM (VALUES ('H', 1.0), ('L', 5.0), ('H', 3.0), ('L', NULL), (NULL, 7.0)) AS t(class, mass)`;

describe('the aggregate analysis', () => {
  it('gives the table of the route', async () => {
    const table = await csv(MASSES, {
      group: 'class',
      agg: 'count,mean(mass)',
      sort: '-mean(mass)',
    });
    expect(table).toBe('class,count,mean(mass)\r\n,1,7\r\nL,2,5\r\nH,2,2\r\n');
  });

  it('has a column for every figure of no rows', async () => {
    expect(await csv(`${MASSES} WHERE false`, { agg: 'count,max(mass)' })).toBe(
      'count,max(mass)\r\n0,\r\n',
    );
    dataset.close();
    expect(await csv(`${MASSES} WHERE false`, { group: 'class' })).toBe('class,count\r\n');
  });

  it('refuses what the route refuses, before there is a job', async () => {
    await expect(csv(MASSES, { agg: 'mean(class)' })).rejects.toMatchObject({
      code: 'unsuitable-column',
      extras: { errors: [{ field: 'params.agg' }] },
    });
  });
});
