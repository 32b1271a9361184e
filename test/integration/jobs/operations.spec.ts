import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';

import { JobControlService } from '../../../src/jobs/job-control.service.js';
import { isFinished, type JobRecord } from '../../../src/jobs/job.js';
import { JobsService } from '../../../src/jobs/jobs.service.js';
import { ResultsService } from '../../../src/jobs/results/results.service.js';
import { OperationRegistry } from '../../../src/operations/operation-registry.js';
import { testConfiguration } from '../../factories/configuration.js';
import { FakeDatasets } from '../../factories/fake-datasets.js';
import { EchoOperation, PublicEchoOperation } from '../../factories/operations/echo.operation.js';
import { uniquePrefix } from '../../support/processes.js';
import { until } from '../../support/until.js';
import { startApi, startWorker } from './harness.js';

describe('an operation', () => {
  let api: INestApplicationContext;
  let worker: INestApplicationContext;
  let jobs: JobsService;

  beforeAll(async () => {
    const operations = [EchoOperation, PublicEchoOperation];
    const configuration = testConfiguration(uniquePrefix());
    const part = { configuration, datasets: new FakeDatasets(), operations };
    api = await startApi(part);
    worker = await startWorker(part, 'threads');
    jobs = api.get(JobsService);
  });
  afterAll(async () => {
    await worker.close();
    await api.close();
  });

  const echo = (how: string) =>
    jobs.submitOperation('echo', { dataset: 'not-there-yet', params: { how } });
  const finished = (id: string): Promise<JobRecord> =>
    until(async () => {
      const job = await jobs.find(id);
      return isFinished(job.status) ? job : undefined;
    });

  it('runs in the worker with what Nest gives it, on a dataset that need not be there', async () => {
    const { id } = await echo('answer');
    expect(await finished(id)).toMatchObject({
      ...{ status: 'complete', analysis: 'echo', dataset: 'not-there-yet', version: '7.0' },
      progress: 100,
    });
    const { results } = await api.get(ResultsService).list(id);
    expect(results).toMatchObject([{ value: { pong: 'PONG', dataset: 'not-there-yet' } }]);
    const lines = (await jobs.log(id)).map(({ line }) => line);
    expect(lines).toEqual(expect.arrayContaining(['echoing']));
  });

  it('hears of its cancelling', async () => {
    const { id } = await echo('wait');
    await until(async () => (await jobs.find(id)).status === 'in_progress');
    const requester = { by: 'request', address: '127.0.0.1' };
    expect(await api.get(JobControlService).cancel(id, requester)).toMatchObject({
      status: 'cancelled',
    });
  });

  it('fails at once by a problem, and is tried again after a fault', async () => {
    const [refused, faulty] = [await echo('refuse'), await echo('fault-once')];
    expect(await finished(refused.id)).toMatchObject({
      ...{ status: 'failed', attempts: 1 },
      problem: { code: 'invalid-parameter', errors: [{ field: 'params.how' }] },
    });
    expect(await finished(faulty.id)).toMatchObject({ status: 'complete', attempts: 2 });
  });

  it('is taken by POST /jobs only where it says so', async () => {
    const accepted = await jobs.submit({ analysis: 'public-echo' });
    expect(await finished(accepted.id)).toMatchObject({ status: 'complete', dataset: '' });
    await expect(jobs.submit({ analysis: 'echo', dataset: 'x' })).rejects.toMatchObject({
      code: 'invalid-parameter',
      extras: { errors: [{ field: 'analysis' }] },
    });
    await expect(jobs.submit({ analysis: 'public-echo', dataset: 'x' })).rejects.toMatchObject({
      extras: { errors: [{ field: 'dataset' }] },
    });
  });

  it('has its parameters checked before it is accepted', async () => {
    await expect(echo('laugh')).rejects.toMatchObject({
      code: 'invalid-parameter',
      extras: { errors: [{ field: 'params.how' }] },
    });
  });

  it('is found among the providers, in the API and in the worker', () => {
    for (const app of [api, worker]) {
      const names = app
        .get(OperationRegistry)
        .all()
        .map(({ name }) => name);
      expect(names).toEqual(['echo', 'public-echo']);
    }
  });
});
