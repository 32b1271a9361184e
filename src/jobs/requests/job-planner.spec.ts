import { beforeAll, describe, expect, it } from '@jest/globals';
import { DiscoveryService, ModulesContainer } from '@nestjs/core';

import { FakeDatasets } from '../../../test/factories/fake-datasets.js';
import { AnalysisRegistry } from '../../analyses/registry.js';
import { parseConfiguration } from '../../config/configuration.js';
import { OperationRegistry } from '../../operations/operation-registry.js';
import { JobPlanner } from './job-planner.js';
import { OperationPlanner } from './operation-planner.js';

describe('the plan of a job', () => {
  const datasets = new FakeDatasets();
  let planner: JobPlanner;
  beforeAll(async () => {
    planner = await plannerOn(datasets);
  });
  const counts = { analysis: 'value-counts', params: { column: 'recclass' } };

  it('is complete: defaults, the default dataset, its version, the limit of the service', async () => {
    await expect(planner.plan(counts)).resolves.toEqual({
      analysis: 'value-counts',
      dataset: 'meteorites',
      params: { column: 'recclass', top: 20 },
      filter: {},
      label: null,
      timeout: 120_000,
      version: '1.0',
      ...{ priority: 0, tries: 3, callback: null, wanted: null, question: expect.any(String) },
    });
  });

  it('keeps filter, label and time limit', async () => {
    const request = { ...counts, filter: { year: 1990 }, label: 'mine', timeout: 5 };
    await expect(planner.plan(request)).resolves.toMatchObject({
      filter: { year: 1990 },
      label: 'mine',
      timeout: 5000,
    });
  });

  it('of a range alone is the histogram of the time column over it', async () => {
    await expect(planner.plan({ start: '2001', end: '2021' })).resolves.toMatchObject({
      analysis: 'histogram',
      dataset: 'meteorites',
      params: { column: 'year' },
      filter: { start: '2001', end: '2021' },
    });
  });

  const refusals: [string, object, object][] = [
    ['nothing to run', {}, { code: 'invalid-parameter', extras: at('analysis') }],
    [
      'a range beside an analysis',
      { ...counts, end: 1 },
      { code: 'invalid-parameter', extras: at('end') },
    ],
    [
      'params without an analysis',
      { start: 1, params: {} },
      { code: 'invalid-parameter', extras: at('params') },
    ],
    [
      'an unknown analysis',
      { analysis: 'value-count' },
      { code: 'unknown-analysis', extras: { near: ['value-counts'] } },
    ],
    ['an unknown dataset', { ...counts, dataset: 'none' }, { code: 'unknown-dataset' }],
    [
      'an unknown parameter',
      { analysis: 'value-counts', params: { column: 'recclass', topp: 1 } },
      { code: 'unknown-parameter', extras: { ...at('params.topp'), near: ['top'] } },
    ],
    [
      'an unknown column, naming near ones',
      { analysis: 'value-counts', params: { column: 'reclass' } },
      { code: 'unknown-column', extras: { ...at('params.column'), near: ['recclass'] } },
    ],
    [
      'one unknown column of several',
      { analysis: 'describe', params: { columns: ['year', 'mass'] } },
      { code: 'unknown-column', extras: at('params.columns') },
    ],
    [
      'a column of the wrong kind',
      { analysis: 'histogram', params: { column: 'recclass' } },
      { code: 'unsuitable-column', extras: at('params.column') },
    ],
    [
      'styles of lines as a list, and says how several are written',
      { analysis: 'line', params: { x: 'year', y: ['mass (g)'], style: ['r-x', 'g-^'] } },
      { code: 'invalid-parameter', detail: expect.stringContaining('by commas: r-x,g-^') },
    ],
    [
      'what are no numbers',
      { analysis: 'histogram', params: { column: 'year', bins: ['x'] } },
      { code: 'invalid-parameter', detail: 'params.bins: must be numbers' },
    ],
    [
      'an unknown column in the filter',
      { ...counts, filter: { foo: 1 } },
      { code: 'unknown-column', extras: at('filter.foo') },
    ],
    [
      'a time limit above that of the service',
      { ...counts, timeout: 121 },
      { code: 'invalid-parameter', extras: at('timeout') },
    ],
  ];
  it.each(refusals)('refuses %s', async (_what, request, problem) => {
    await expect(planner.plan(request)).rejects.toMatchObject(problem);
  });

  it('of a range alone compares the key, and draws the first measurement, where there is no time and the key is a number', async () => {
    const timeless = new FakeDatasets();
    const numbers = ['id', 'station_id', 'reclat', 'reclong'];
    const columns = [
      ...numbers.map((name) => ({ name, type: 'number' as const, nulls: 0 })),
      ...timeless.schema.columns,
    ];
    const position = { latitude: 'reclat', longitude: 'reclong' };
    timeless.schema = { ...timeless.schema, columns, time: null, key: 'id', position };
    const other = await plannerOn(timeless);
    await expect(other.plan({ start: 1, end: 2 })).resolves.toMatchObject({
      params: { column: 'mass (g)' },
      filter: { id__gte: 1, id__lte: 2 },
    });
    await expect(other.plan({ start: 2, end: 1 })).rejects.toMatchObject({
      code: 'invalid-parameter',
    });
    timeless.schema = { ...timeless.schema, columns: columns.slice(0, 4) };
    await expect(other.plan({ start: 1 })).resolves.toMatchObject({ params: { column: 'id' } });
  });

  it('of a range alone needs a time column or a number for the key', async () => {
    const timeless = new FakeDatasets();
    timeless.schema = { ...timeless.schema, time: null, key: '_row' };
    const other = await plannerOn(timeless);
    await expect(other.plan({ start: 1 })).rejects.toMatchObject({ code: 'unsuitable-column' });
  });
});

async function plannerOn(datasets: FakeDatasets): Promise<JobPlanner> {
  const configuration = parseConfiguration({});
  const analyses = await AnalysisRegistry.load();
  const operations = new OperationRegistry(new DiscoveryService(new ModulesContainer()), analyses);
  const forOperation = new OperationPlanner(datasets, configuration);
  return new JobPlanner(analyses, operations, forOperation, datasets, configuration);
}

function at(field: string): object {
  return { errors: [{ field }] };
}
