import { mkdirSync, writeFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { BuildWithAnalyses } from '../factories/build-with-analyses.js';
import { http } from '../support/http.js';
import { AlmanacProcess } from '../support/processes.js';
import { until } from '../support/until.js';

/** A new analysis and a new dataset are one new folder each: nothing else of the build is changed. */
const DECLARATION = `
import { defineDataset } from '../declaration.js';
export default defineDataset({
  name: 'volcanoes',
  title: 'Volcanoes',
  description: 'Some volcanoes.',
  source: 'none',
  licence: 'CC0',
  citation: 'This test',
  key: 'code',
  columns: { code: { type: 'text' }, height: { type: 'number', unit: 'm' } },
});
`;

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { summary?: string }>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

let build: BuildWithAnalyses;
let api: AlmanacProcess;
let worker: AlmanacProcess;
beforeAll(async () => {
  build = new BuildWithAnalyses('spin');
  mkdirSync(build.file('catalog/volcanoes'));
  writeFileSync(build.file('catalog/volcanoes/volcanoes.dataset.js'), DECLARATION);
  api = await AlmanacProcess.api({}, { root: build.root });
  const env = { KEY_PREFIX: api.env['KEY_PREFIX'] };
  worker = await AlmanacProcess.worker(env, { root: build.root });
});
afterAll(async () => {
  await Promise.all([api.stop(), worker.stop()]);
  build.remove();
});

describe('one new folder', () => {
  it('makes a dataset with its routes, types, key and citation', async () => {
    const loaded = await http(`${api.url}/datasets/volcanoes`, {
      method: 'PUT',
      body: 'code,height\n007,1281\n008,3357\n',
    });
    expect(loaded.body).toMatchObject({ key: 'code', title: 'Volcanoes', citation: 'This test' });
    expect((await http(`${api.url}/volcanoes/007`)).body).toEqual({ code: '007', height: 1281 });
    expect((await http(`${api.url}/volcanoes?height__gt=2000`)).body).toMatchObject({ total: 1 });
  });

  it('makes an analysis that can be run', async () => {
    expect((await http(`${api.url}/analyses/spin`)).body).toMatchObject({ title: 'Spin' });
    const body = { analysis: 'spin', dataset: 'volcanoes', params: { ms: 5 } };
    const job = await http(`${api.url}/jobs`, { method: 'POST', body });
    const location = job.headers.get('location') ?? '';
    await until(async () => (await http(`${api.url}${location}`)).body['status'] === 'complete', {
      what: 'the end of the new analysis',
    });
  });

  it('stands in OpenAPI and in the help', async () => {
    const { paths, components } = (await http<OpenApi>(`${api.url}/openapi.json`)).body;
    expect(paths['/volcanoes/{id}']?.['get']?.summary).toContain('Volcanoes');
    expect(components.schemas['spin.params']).toMatchObject({ properties: { ms: { minimum: 0 } } });
    expect(JSON.stringify(components.schemas['SubmitJob'])).toContain('spin.params');
    const help = (await http<string>(`${api.url}/help`)).body;
    expect(help).toMatch(/GET +\/volcanoes\/\{id\} +Volcanoes: one record/);
    expect(help).toMatch(/^WHAT CAN BE RUN[\s\S]+spin/m);
  });
});
