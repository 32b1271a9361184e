import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { BuildWithAnalyses } from '../factories/build-with-analyses.js';
import { http } from '../support/http.js';
import { AlmanacProcess } from '../support/processes.js';
import { JobsClient, type Job } from './jobs-client.js';

interface FollowedJob extends Job {
  readonly position?: number | null;
  readonly estimate?: { readonly start: string | null; readonly finish: string | null } | null;
  readonly reused: { readonly job: string; readonly age: number } | null;
}

const spin = (ms: number) => ({ analysis: 'spin', dataset: 'tiny', params: { ms } });

/** A job as it is followed and controlled by HTTP, from its submission to its end. */
describe('a job that is followed', () => {
  let build: BuildWithAnalyses;
  let api: AlmanacProcess;
  let worker: AlmanacProcess;
  let client: JobsClient;

  beforeAll(async () => {
    build = new BuildWithAnalyses('spin', 'misbehave');
    api = await AlmanacProcess.api({}, { root: build.root });
    const env = { KEY_PREFIX: api.env['KEY_PREFIX'], WORKER_CONCURRENCY: '1' };
    worker = await AlmanacProcess.worker(env, { root: build.root });
    client = new JobsClient(api.url);
    await client.load('tiny');
  });
  afterAll(async () => {
    await Promise.all([api.stop(), worker.stop()]);
    build.remove();
  });

  const job = (path: string, headers = {}) => http<FollowedJob>(`${api.url}${path}`, { headers });
  const post = (path: string, body: object, headers = {}) =>
    http<FollowedJob>(`${api.url}${path}`, { method: 'POST', body, headers });

  it('tells by events what it is, then what is new, until its end; and nothing twice', async () => {
    const { id } = await client.submit(spin(700));
    const answer = await fetch(`${api.url}/jobs/${id}/events`);
    expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const events = eventsOf(await answer.text());
    const states = events.filter(({ event }) => event === 'state').map(({ data }) => data.status);
    expect(events[0]?.event).toBe('state');
    expect(['submitted', 'in_progress']).toContain(states[0]);
    expect(states.at(-1)).toBe('complete');
    const progress = events.flatMap(({ event, data }) =>
      event === 'progress' ? [Number(data.progress)] : [],
    );
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(100);
    const lines = events.flatMap(({ event, data }) => (event === 'log' ? [data.line] : []));
    expect(lines).toContain('spun');

    const last = events.at(-1)?.id ?? '';
    const again = await fetch(`${api.url}/jobs/${id}/events`, {
      headers: { 'last-event-id': last },
    });
    expect(again.status).toBe(204);
  });

  it('is asked for changes: 304 while there is none, an answer at its next state', async () => {
    const { id } = await client.submit(spin(1_500));
    await client.reach(id, ({ status }) => status === 'in_progress');
    const etag = (await job(`/jobs/${id}?wait=0`)).headers.get('etag') ?? '';
    expect(etag).toMatch(/^(W\/)?".+"$/);
    const begin = performance.now();
    const { body } = await job(`/jobs/${id}?wait=30`);
    expect(body.status).toBe('complete');
    expect(performance.now() - begin).toBeLessThan(20_000);
    const done = (await job(`/jobs/${id}`)).headers.get('etag') ?? '';
    expect(done).not.toBe(etag);
    expect((await job(`/jobs/${id}`, { 'if-none-match': done })).status).toBe(304);
  });

  it('knows its place in the queue, and when it will probably start and finish', async () => {
    const first = await client.submit(spin(1_000));
    await client.reach(first.id, ({ status }) => status === 'in_progress');
    const [second, third] = [await client.submit(spin(1)), await client.submit(spin(2))];
    const before = Date.now();
    const waiting = (await job(`/jobs/${third.id}`)).body;
    expect(waiting.position).toBe(2);
    expect(Date.parse(waiting.estimate?.start ?? '')).toBeGreaterThanOrEqual(before - 1_000);
    expect(Date.parse(waiting.estimate?.finish ?? '')).toBeGreaterThan(
      Date.parse(waiting.estimate?.start ?? ''),
    );
    expect((await client.finished(second.id)).status).toBe('complete');
    expect((await client.finished(third.id)).status).toBe('complete');
  });

  it('is not computed twice: the same question joins it, then takes its answer, and says so', async () => {
    const first = (await post('/jobs', spin(801))).body;
    const joined = (await post('/jobs', spin(801))).body;
    expect(joined.reused).toEqual({ job: first.id, age: 0 });
    await client.finished(first.id);
    expect((await client.finished(joined.id)).status).toBe('complete');
    const later = (await post('/jobs', spin(801))).body;
    expect(later).toMatchObject({ status: 'complete', reused: { job: first.id } });
    expect(later.reused?.age).toBeGreaterThan(0);
    const forced = await post('/jobs', spin(801), { 'cache-control': 'no-cache' });
    expect(forced.body.reused).toBeNull();
    await client.finished(forced.body.id);
  });

  it('is accepted once under one Idempotency-Key', async () => {
    const key = { 'idempotency-key': 'the-first-one' };
    const first = await post('/jobs', spin(3), key);
    const again = await post('/jobs', spin(3), key);
    expect(again.body.id).toBe(first.body.id);
    expect((await post('/jobs', spin(4), key)).status).toBe(422);
    await client.finished(first.body.id);
  });

  it('says whose doing its failure is, with its last log lines; it can be tried again, or made anew', async () => {
    const { id } = await client.submit({ analysis: 'misbehave', dataset: 'tiny' });
    const failed = await client.finished(id);
    expect(failed.problem).toMatchObject({
      class: 'data',
      log: expect.arrayContaining([{ at: expect.any(String), line: expect.any(String) }]) as object,
    });
    const retried = await post(`/jobs/${id}/retry`, {});
    expect([retried.status, retried.body.id]).toEqual([202, id]);
    expect((await client.finished(id)).attempts).toBe(2);
    const rerun = await post(`/jobs/${id}/rerun`, {});
    expect(rerun.status).toBe(202);
    expect(rerun.body.id).not.toBe(id);
    expect((await client.finished(rerun.body.id)).status).toBe('failed');
  });
});

interface Event {
  readonly event: string;
  readonly id: string;
  readonly data: { readonly status?: string; readonly progress?: number; readonly line?: string };
}

/** The events of a text/event-stream; comments are left out. */
function eventsOf(text: string): Event[] {
  return text
    .split('\n\n')
    .filter((block) => block.startsWith('event: '))
    .map((block) => {
      const field = (name: string): string =>
        new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
      return {
        event: field('event'),
        id: field('id'),
        data: JSON.parse(field('data')) as Event['data'],
      };
    });
}
