import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';

import { GuardedProcess, ROOT } from '../support/guarded-process.js';
import { AlmanacProcess, uniquePrefix } from '../support/processes.js';
import { RedisServer } from '../support/redis-server.js';
import { until } from '../support/until.js';

const GUARD = join(ROOT, 'scripts/launcher/guard.sh');

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('the guard', () => {
  it('hands on the exit code of its program', async () => {
    const program = new GuardedProcess(process.execPath, ['-e', 'process.exit(7)']);
    await expect(program.exited).resolves.toEqual({ code: 7, signal: null });
  });

  it('hands SIGTERM on, and waits for the program', async () => {
    const program = new GuardedProcess(process.execPath, [
      '-e',
      `process.on('SIGTERM', () => setTimeout(() => { console.log('bye'); process.exit(0); }, 200));
       setInterval(() => {}, 1000); console.log('up');`,
    ]);
    await until(() => program.output.includes('up'));
    await expect(program.stop()).resolves.toEqual({ code: 0, signal: null });
    expect(program.output).toContain('bye');
  });

  it('ends a program that ignores SIGTERM, and what it started, when its owner is gone', async () => {
    const program = `
      require('node:child_process').spawn('sleep', ['60'], { stdio: 'ignore' });
      process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('pid', process.pid);`;
    const owner = new GuardedProcess(process.execPath, [
      '-e',
      `require('node:child_process').spawn('/bin/sh',
        ['${GUARD}', '0', '1', process.execPath, '-e', ${JSON.stringify(program)}],
        { detached: true, stdio: ['pipe', 'inherit', 'inherit'] });
       setInterval(() => {}, 1000);`,
    ]);
    const pid = await until(() => Number(/pid (\d+)/.exec(owner.output)?.[1] ?? 0));
    const group = execFileSync('ps', ['-o', 'pgid=', '-p', String(pid)])
      .toString()
      .trim();
    await owner.kill();
    await until(() => !isAlive(pid), { what: 'the end of the program' });
    await until(() => !isAlive(-Number(group)), { what: 'the end of its group' });
  });
});

describe('built processes', () => {
  it('are an API and a worker on the same keys, and end well', async () => {
    const KEY_PREFIX = uniquePrefix();
    const [api, worker] = await Promise.all([
      AlmanacProcess.api({ KEY_PREFIX }),
      AlmanacProcess.worker({ KEY_PREFIX }),
    ]);
    expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
    expect((await fetch(`${worker.url}/health/live`)).status).toBe(200);
    expect(api.log.length).toBeGreaterThan(0);
    await expect(api.stop()).resolves.toEqual({ code: 0, signal: null });
    await expect(worker.stop()).resolves.toEqual({ code: 0, signal: null });
  });

  it('tell at once why they do not start', async () => {
    const start = AlmanacProcess.api({ LOG_LEVEL: 'loud' });
    await expect(start).rejects.toThrow(/ended at its start:\nalmanac: LOG_LEVEL "loud"/);
  });
});

describe('a Redis of its own', () => {
  let redis: RedisServer;
  afterAll(() => redis.remove());

  it('keeps what was written over kill and restart, on the same port', async () => {
    redis = await RedisServer.create();
    const client = new Redis(redis.url, { retryStrategy: () => 50 });
    client.on('error', () => undefined);
    await client.set('key', 'value');
    await redis.kill();
    await redis.start();
    await expect(client.get('key')).resolves.toBe('value');
    client.disconnect();
  });
});
