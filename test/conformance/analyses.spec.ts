import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { AnalysisRegistry } from '../../src/analyses/registry.js';
import { http } from '../support/http.js';
import { AlmanacProcess } from '../support/processes.js';
import { until } from '../support/until.js';

/** What every analysis must do, whatever it computes; a new one is tested here without an edit. */
const analyses = (await AnalysisRegistry.load()).all().map(({ analysis }) => analysis);

/** A table like those of the examples: classes, masses with gaps and zeros, years, positions, days. */
function sample(rows: number): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const mass =
      i % 9 === 0 ? '' : String(Math.round(10 ** ((i * 7) % 6) * 1.7) * (i % 11 === 0 ? 0 : 1));
    const position =
      i % 8 === 0 ? ',' : `${String(((i * 37) % 170) - 85)}.5,${String(((i * 71) % 350) - 175)}.25`;
    const day = new Date(Date.UTC(2012, 0, 1 + i)).toISOString().slice(0, 10);
    return `Place ${String(i)},${String(i)},${['L5', 'H6', 'Iron, IIIAB'][i % 3] === 'Iron, IIIAB' ? '"Iron, IIIAB"' : (['L5', 'H6'][i % 3] ?? '')},${mass},${String(1900 + (i % 110))},${position},${day},${String((i * 7) % 30)}.5`;
  });
  return `name,id,recclass,mass (g),year,reclat,reclong,date,temp_max\n${lines.join('\n')}\n`;
}

let api: AlmanacProcess;
let worker: AlmanacProcess;
beforeAll(async () => {
  api = await AlmanacProcess.api();
  worker = await AlmanacProcess.worker({ KEY_PREFIX: api.env['KEY_PREFIX'] });
  const body = sample(200);
  expect((await http(`${api.url}/datasets/sample`, { method: 'PUT', body })).status).toBe(201);
});
afterAll(async () => {
  await Promise.all([api.stop(), worker.stop()]);
});

interface Ended {
  readonly id: string;
  readonly status: string;
  readonly progress: number;
  readonly version: string;
  readonly problem: { readonly code: string } | null;
}

async function run(analysis: string, params: object, filter: object = {}): Promise<Ended> {
  const body = { analysis, dataset: 'sample', params, filter };
  const submitted = await http(`${api.url}/jobs`, { method: 'POST', body });
  expect([submitted.status, submitted.body['detail']]).toEqual([202, undefined]);
  const location = submitted.headers.get('location') ?? '';
  return until(
    async () => {
      const job = (await http<Ended>(`${api.url}${location}`)).body;
      return ['complete', 'failed', 'cancelled'].includes(job.status) ? job : undefined;
    },
    { what: `the end of ${analysis}`, deadline: 30_000 },
  );
}

async function resultsOf({ id }: Ended): Promise<Map<string, { type: string; bytes: Buffer }>> {
  const listed = await http<{
    results: { name: string; type: string; size: number; link: string }[];
  }>(`${api.url}/jobs/${id}/results`);
  const results = new Map<string, { type: string; bytes: Buffer }>();
  for (const { name, type, size, link } of listed.body.results) {
    const response = await fetch(`${api.url}${link}`);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([name, bytes.length]).toEqual([name, size]);
    results.set(name, { type, bytes });
  }
  return results;
}

describe.each(analyses.map((analysis) => [analysis.name, analysis] as const))(
  '%s',
  (name, analysis) => {
    it('runs its example to the end and names the version that it read', async () => {
      const job = await run(name, analysis.example);
      expect(job).toMatchObject({
        status: 'complete',
        progress: 100,
        version: '1.0',
        problem: null,
      });
      const results = await resultsOf(job);
      expect(results.size).toBeGreaterThan(0);
      const table = ['table.json', 'table.csv'].map((one) => results.has(one));
      expect(table[0]).toBe(table[1]);
      if (results.has('plot.png')) {
        expect(results.get('plot.png')?.bytes.subarray(1, 4).toString()).toBe('PNG');
        expect(results.get('plot.svg')?.bytes.toString()).toMatch(/^<svg /);
        expect(JSON.parse(results.get('spec.json')?.bytes.toString() ?? '')).toHaveProperty(
          '$schema',
        );
      } else expect(table[0]).toBe(true);
    });

    it('gives the same bytes for the same request', async () => {
      const [first, second] = [
        await run(name, analysis.example),
        await run(name, analysis.example),
      ];
      const [a, b] = [await resultsOf(first), await resultsOf(second)];
      expect([...a.keys()]).toEqual([...b.keys()]);
      for (const [result, { bytes }] of a) {
        expect([result, bytes.equals(b.get(result)?.bytes ?? Buffer.alloc(0))]).toEqual([
          result,
          true,
        ]);
      }
    });

    it('says so where there is nothing to work on', async () => {
      const job = await run(name, analysis.example, { name: 'no such place' });
      if (job.status === 'complete') expect((await resultsOf(job)).size).toBeGreaterThan(0);
      else expect(job.problem?.code).toBe('empty-dataset');
    });

    it('refuses a parameter that it does not know', async () => {
      const body = {
        analysis: name,
        dataset: 'sample',
        params: { ...analysis.example, nonsense: 1 },
      };
      const answer = await http(`${api.url}/jobs`, { method: 'POST', body });
      expect([answer.status, answer.body['code']]).toEqual([400, 'unknown-parameter']);
    });
  },
);
