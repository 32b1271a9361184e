import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { afterAll, describe, expect, it } from '@jest/globals';

import { ROOT } from '../support/guarded-process.js';
import { AlmanacProcess } from '../support/processes.js';
import { until } from '../support/until.js';

describe('a worker process', () => {
  const processes: AlmanacProcess[] = [];
  const start = async (...args: Parameters<typeof AlmanacProcess.worker>) => {
    const started = await AlmanacProcess.worker(...args);
    processes.push(started);
    return started;
  };
  afterAll(async () => {
    await Promise.all(processes.map((one) => one.kill()));
  });

  it('serves probes and metrics on its own port, and no other route', async () => {
    const worker = await start();
    expect(await (await fetch(`${worker.url}/health/live`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${worker.url}/health/ready`)).json()).toMatchObject({
      status: 'ok',
      details: { redis: { status: 'up' }, threads: { status: 'up' } },
    });
    const metrics = await (await fetch(`${worker.url}/metrics`)).text();
    expect(metrics).toMatch(/^almanac_jobs_running 0$/m);
    expect(metrics).toMatch(/^almanac_queue_jobs\{queue="analyses",state="waiting"\} 0$/m);
    expect(metrics).toMatch(/^almanac_replicas 0$/m);
    expect((await fetch(`${worker.url}/jobs`)).status).toBe(404);
  });

  it('asks for a key before it shows its metrics, where keys are set', async () => {
    const key = 'a-key-of-twenty-letters';
    const worker = await start({ API_KEYS: key });
    const url = `${worker.url}/metrics`;
    expect((await fetch(url)).status).toBe(401);
    const allowed = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
    expect(allowed.status).toBe(200);
  });

  it('says in one line that its port is taken, and how to go on', async () => {
    const first = await start();
    const { port } = new URL(first.url);
    const second = await start({ WORKER_PORT: port }, { ready: false });
    expect(await second.exited).toEqual({ code: 1, signal: null });
    expect(second.output.trim().split('\n')).toEqual([
      `almanac: port ${port} on 127.0.0.1 is taken, perhaps by another worker; WORKER_PORT=0 takes a free one`,
    ]);
  });

  it('says in one line each what is wrong with its settings', async () => {
    const worker = await start({ JOB_TIMEOUT: 'soon', WORKER_CONCURRENCY: '0' }, { ready: false });
    expect(await worker.exited).toEqual({ code: 1, signal: null });
    expect(worker.output).toContain('almanac: JOB_TIMEOUT "soon": expected a duration');
    expect(worker.output).toContain('almanac: WORKER_CONCURRENCY "0": expected a whole number');
  });

  it('waits for a Redis that is not there yet, and can be stopped meanwhile', async () => {
    const away = { REDIS_URL: 'redis://127.0.0.1:1' };
    const worker = await start(away, { ready: false });
    const waits = async () => (await fetch(`${worker.url}/health/ready`)).status === 503;
    await until(waits, { deadline: 30_000 });
    const told = worker.log.map(({ msg }) => msg).filter((msg) => msg?.includes('Redis'));
    expect(told).toEqual([
      expect.stringContaining('Redis at 127.0.0.1:1 cannot be reached: connect ECONNREFUSED'),
    ]);
    expect(await worker.stop()).toEqual({ code: 0, signal: null });
    expect(worker.log.map(({ msg }) => msg)).toContain('stopping; 0 jobs run');
  });

  it.each(['process.exit(1)', 'throw new Error("nobody catches this")'])(
    'has its last lines in its log when it ends with %s',
    async (end) => {
      const script = `import { createLog } from './dist/logging/logger.js';
        const log = createLog('info', 'worker');
        for (const word of ['one', 'two', 'three']) log.info(word);
        ${end};`;
      const args = ['--input-type=module', '--eval', script];
      const run = promisify(execFile)(process.execPath, args, { cwd: ROOT });
      const { code, stdout } = await run.then(
        () => ({ code: 0, stdout: '' }),
        (error: unknown) => error as { code: number; stdout: string },
      );
      expect(code).toBe(1);
      expect(stdout.match(/(?<="msg":")\w+/g)).toEqual(['one', 'two', 'three']);
    },
  );
});
