import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';

import { JobsService } from '../../../src/jobs/jobs.service.js';
import { ResultsService } from '../../../src/jobs/results/results.service.js';
import { testConfiguration } from '../../factories/configuration.js';
import { FakeDatasets } from '../../factories/fake-datasets.js';
import { uniquePrefix } from '../../support/processes.js';
import { until } from '../../support/until.js';
import { startApi, startWorker } from './harness.js';

const answers = [
  () => [{ rows: 4, missing: 1, distinct: 2 }],
  () => [
    { value: 'L6', count: 2 },
    { value: 'H5', count: 1 },
  ],
];

describe('a job', () => {
  let api: INestApplicationContext;
  let worker: INestApplicationContext;

  beforeAll(async () => {
    const datasets = new FakeDatasets();
    datasets.answers = answers;
    const part = { configuration: testConfiguration(uniquePrefix()), datasets };
    api = await startApi(part);
    worker = await startWorker(part, 'threads');
  });
  afterAll(async () => {
    await worker.close();
    await api.close();
  });

  it('goes from submitted to complete, with its results', async () => {
    const jobs = api.get(JobsService);
    const submitted = await jobs.submit({
      analysis: 'value-counts',
      dataset: 'meteorites',
      params: { column: 'recclass' },
    });
    expect(submitted).toMatchObject({
      status: 'submitted',
      progress: 0,
      attempts: 0,
      version: '1.0',
    });

    const { id } = submitted;
    const complete = async () => {
      const job = await jobs.find(id);
      return job.status === 'complete' ? job : undefined;
    };
    // The first job waits for its thread to start.
    const done = await until(complete, { deadline: 60_000 });
    expect(done).toMatchObject({
      progress: 100,
      attempts: 1,
      params: { column: 'recclass', top: 20 },
    });
    expect(done.finished).toBeGreaterThanOrEqual(done.created);

    const { results } = await api.get(ResultsService).list(id);
    expect(results.map(({ name }) => name)).toEqual(['table.csv', 'table.json', 'value.json']);
    expect(results[1]?.value).toEqual([
      { value: 'L6', count: 2, share: 2 / 3 },
      { value: 'H5', count: 1, share: 1 / 3 },
    ]);
    const service = api.get(ResultsService);
    const csv = await service.bytes(await service.describe(id, 'table.csv'));
    expect(csv.toString()).toBe(
      'value,count,share\r\nL6,2,0.6666666666666666\r\nH5,1,0.3333333333333333\r\n',
    );
  });
});
