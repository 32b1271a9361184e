import { pathToFileURL } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { ComputePool, type Computation } from '../../../src/jobs/threads/compute-pool.js';
import { BuildWithAnalyses } from '../../factories/build-with-analyses.js';
import { until } from '../../support/until.js';

const dataset = {
  name: 'd',
  title: 'd',
  version: '1.0',
  schema: { columns: [], key: '_row', time: null, position: null },
};

describe('the threads', () => {
  let build: BuildWithAnalyses;
  let pool: ComputePool;

  beforeAll(() => {
    build = new BuildWithAnalyses('spin', 'misbehave');
    pool = new ComputePool({
      entry: build.file('jobs/threads/compute.thread.js'),
      warm: [],
      maxTasks: 2,
      memoryMb: 64,
      onError: () => undefined,
    });
  });
  afterAll(async () => {
    await pool.onApplicationShutdown();
    build.remove();
  });

  const computation = (name: string, params: object, data: unknown = null): Computation => ({
    module: pathToFileURL(`${build.folder(name)}/${name}.analysis.js`).href,
    params,
    data,
    dataset,
  });
  const listen = (signal = new AbortController().signal) => {
    const heard = { progress: [] as number[], lines: [] as string[] };
    const progress = (fraction: number) => heard.progress.push(fraction);
    return { heard, hooks: { signal, progress, log: (line: string) => heard.lines.push(line) } };
  };
  const misbehave = (how: string) => pool.run(computation('misbehave', { how }), listen().hooks);

  it('compute, tell their progress and every log line, and take memory over without copying', async () => {
    const { heard, hooks } = listen();
    const values = new Float64Array(1000);
    const results = await pool.run(computation('spin', { ms: 200 }, { values }), hooks);
    const value = JSON.parse(Buffer.from(results['value.json']?.bytes ?? []).toString()) as object;
    expect(value).toMatchObject({ ms: 200, rows: 1000 });
    expect(heard.lines).toEqual([expect.stringMatching(/^spins in /), 'spun']);
    expect(heard.progress.length).toBeGreaterThan(3);
    expect(heard.progress).toEqual([...heard.progress].sort((a, b) => a - b));
    expect(values.byteLength).toBe(0);
  });

  it('stop an endless computation within two seconds of the signal', async () => {
    const beat = new Int32Array(new SharedArrayBuffer(4));
    const controller = new AbortController();
    const { hooks } = listen(controller.signal);
    const data = { values: new Float64Array(1), beat };
    const running = pool.run(computation('spin', { ms: 600_000 }, data), hooks);
    const failed = expect(running).rejects.toThrow();
    await until(() => Atomics.load(beat, 0) > 1000);

    const begin = performance.now();
    controller.abort('cancelled');
    await failed;
    let before = -1;
    await until(() => before === (before = Atomics.load(beat, 0)), { interval: 100 });
    expect(performance.now() - begin).toBeLessThan(2000);
  });

  it('are ready for the next task once one takes long, should that be cancelled', async () => {
    const one = new ComputePool({
      entry: build.file('jobs/threads/compute.thread.js'),
      warm: ['data:text/javascript,globalThis.rehearsed = true'],
      maxTasks: 1,
      onError: () => undefined,
    });
    const controller = new AbortController();
    const { hooks } = listen(controller.signal);
    const running = one.run(
      computation('spin', { ms: 600_000 }, { values: new Float64Array(1) }),
      hooks,
    );
    const failed = expect(running).rejects.toThrow();
    await until(() => one.threads === 2 && one.spare === 1, { deadline: 30_000 });
    controller.abort('cancelled');
    await failed;
    const module = `data:text/javascript,export default { params: class {}, compute: () => globalThis.rehearsed }`;
    expect(await one.run({ ...computation('spin', {}), module }, listen().hooks)).toBe(true);
    await one.onApplicationShutdown();
  });

  it('hand on a problem with its code and its fields', async () => {
    await expect(misbehave('problem')).rejects.toMatchObject({
      name: 'Problem',
      code: 'empty-dataset',
      extras: { errors: [{ field: 'x', message: 'y' }] },
    });
  });

  it('hand on an unexpected error as one', async () => {
    await expect(misbehave('fault')).rejects.toThrow('a bug');
  });

  it('end alone when they run out of memory', async () => {
    await expect(misbehave('memory')).rejects.toMatchObject({ code: 'out-of-memory' });
  });

  it('end alone when an analysis ends its thread, and are replaced', async () => {
    await expect(misbehave('exit')).rejects.toThrow('exited');
    const results = await misbehave('page');
    expect(results['page.html']?.type).toBe('text/html');
  });
});
