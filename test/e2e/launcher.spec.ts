import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';

import { freePort, ROOT } from '../support/guarded-process.js';
import { fakeCheckout, LauncherProcess } from '../support/launcher.js';
import { until } from '../support/until.js';

const started: LauncherProcess[] = [];
let checkout: string;

async function start(env: NodeJS.ProcessEnv = {}, dataDir?: string): Promise<LauncherProcess> {
  const place = dataDir === undefined ? { checkout } : { checkout, dataDir };
  const launcher = await LauncherProcess.start(env, place);
  started.push(launcher);
  return launcher;
}

/** How a start that is refused ends: its exit code and the lines that it wrote. */
async function refusal(
  env: NodeJS.ProcessEnv,
  dataDir?: string,
): Promise<{ code: number | null; lines: string[] }> {
  const launcher = await start(env, dataDir);
  const { code } = await launcher.process.exited;
  return { code, lines: launcher.output.trim().split('\n') };
}

/** Processes of a group that are no zombies. */
function group(id: number): string[] {
  return execFileSync('ps', ['-A', '-o', 'pgid=,stat=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([pgid, state]) => Number(pgid) === id && !state?.startsWith('Z'))
    .map((words) => words.slice(2).join(' '));
}

async function withClient<T>(url: string, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url);
  client.on('error', () => undefined);
  try {
    return await work(client);
  } finally {
    client.disconnect();
  }
}

beforeAll(() => {
  checkout = fakeCheckout();
});

afterEach(async () => {
  const all = started.splice(0);
  await Promise.all(all.map((launcher) => launcher.process.stop())); // two may share a folder
  await Promise.all(all.map((launcher) => launcher.remove()));
});

afterAll(() => {
  rmSync(checkout, { recursive: true, force: true });
});

describe('Almanac itself', () => {
  async function startAlmanac(
    env: NodeJS.ProcessEnv = {},
    dataDir?: string,
  ): Promise<LauncherProcess> {
    const launcher = await LauncherProcess.start(env, dataDir === undefined ? {} : { dataDir });
    started.push(launcher);
    return launcher.ready();
  }

  it('is up with its pages, survives the loss of Redis and of its launcher, and stops', async () => {
    const first = await startAlmanac();
    for (const path of ['/', '/docs', '/help', '/health/ready']) {
      expect([path, (await fetch(`${first.url}${path}`)).status]).toEqual([path, 200]);
    }
    expect((await fetch(`${first.workerUrl}/health/ready`)).status).toBe(200);

    await withClient(first.redisUrl, async (client) => {
      await client.set('kept', 'yes');
      process.kill(Number(/process_id:(\d+)/.exec(await client.info('server'))?.[1]), 'SIGKILL');
    });
    await first.says('the Redis server is ready again');
    await until(async () => (await fetch(`${first.url}/health/ready`)).ok);
    await until(async () => (await fetch(`${first.workerUrl}/health/ready`)).ok);

    const programs = first.programs;
    await first.process.kill();
    const killed = Date.now();
    await until(() => programs.flatMap(group).length === 0, { what: 'the end of all programs' });
    expect(Date.now() - killed).toBeLessThan(5000);

    const second = await startAlmanac({}, first.dataDir);
    await expect(withClient(second.redisUrl, (client) => client.get('kept'))).resolves.toBe('yes');
    await expect(second.process.stop()).resolves.toEqual({ code: 0, signal: null });
    expect(second.output).not.toContain('killed');
  });

  it('is up on ports that browsers, and fetch with them, refuse', async () => {
    const launcher = await startAlmanac({ PORT: '6697', WORKER_PORT: '10080' });
    expect(launcher.output).toContain('http://127.0.0.1:6697/help');
    const health = join(ROOT, 'docker/health.mjs');
    const check = (ports: NodeJS.ProcessEnv) =>
      spawnSync(process.execPath, [health], { env: { ...process.env, ...ports } }).status;
    expect(check({ PORT: '6697', WORKER_PORT: '1' })).toBe(0);
    expect(check({ PORT: '1', WORKER_PORT: '2' })).toBe(1);
  });

  it('says its own faults in one line each', async () => {
    const launcher = await LauncherProcess.start({ HOST: '0.0.0.0', API_KEYS: 'short' });
    started.push(launcher);
    await expect(launcher.process.exited).resolves.toMatchObject({ code: 1 });
    expect(launcher.output).toBe('almanac: API_KEYS: every key needs at least 16 characters\n');
  });
});

describe('a start', () => {
  it('runs API, worker and a Redis that loses nothing, and stops them in order', async () => {
    const launcher = await (await start()).ready();
    expect((await fetch(`${launcher.url}/health/ready`)).status).toBe(200);
    expect((await fetch(`${launcher.workerUrl}/health/ready`)).status).toBe(200);
    const appendonly = await withClient(launcher.redisUrl, (c) => c.config('GET', 'append*'));
    expect(appendonly).toEqual(
      expect.arrayContaining(['appendonly', 'yes', 'appendfsync', 'always']),
    );
    const programs = launcher.programs;
    expect(programs).toHaveLength(3);

    await expect(launcher.process.stop()).resolves.toEqual({ code: 0, signal: null });
    expect(programs.flatMap(group)).toEqual([]);
    expect(launcher.output).toMatch(/API stops[^]*worker stops[^]*stopped\n$/);
    expect(readFileSync(join(launcher.dataDir, 'logs/redis.log'), 'utf8')).toContain('bye bye');
    expect(existsSync(join(launcher.dataDir, 'launcher.lock'))).toBe(false);
  });

  it('finds the data of the last run', async () => {
    const first = await (await start()).ready();
    await withClient(first.redisUrl, (client) => client.set('kept', 'yes'));
    await first.process.stop();
    const second = await (await start({}, first.dataDir)).ready();
    await expect(withClient(second.redisUrl, (client) => client.get('kept'))).resolves.toBe('yes');
  });

  it('is refused in one line while another uses the folder', async () => {
    const first = await (await start()).ready();
    const { code, lines } = await refusal({}, first.dataDir);
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringContaining(`process`)]);
    expect(lines[0]).toContain(first.url);
  });

  it('takes over the lock of a process number that now belongs to another program', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'almanac-data-'));
    const lock = { pid: process.pid, identity: 'another', url: 'http://127.0.0.1:1', children: [] };
    writeFileSync(join(dataDir, 'launcher.lock'), JSON.stringify(lock));
    await (await start({}, dataDir)).ready();
  });

  it('takes over a lock that cannot be read', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'almanac-data-'));
    writeFileSync(join(dataDir, 'launcher.lock'), '{"pid":');
    await (await start({}, dataDir)).ready();
  });
});

describe('a launcher that is killed', () => {
  it('takes its programs along, and can be started again at once', async () => {
    const first = await (await start()).ready();
    await withClient(first.redisUrl, (client) => client.set('kept', 'yes'));
    const programs = first.programs;
    await first.process.kill();
    const killed = Date.now();

    const second = await start({}, first.dataDir);
    await until(() => programs.flatMap(group).length === 0, { what: 'the end of all programs' });
    expect(Date.now() - killed).toBeLessThan(5000);
    await second.ready();
    await expect(withClient(second.redisUrl, (client) => client.get('kept'))).resolves.toBe('yes');
  });
});

describe('a program that ends by itself', () => {
  it('is started again, after its last words', async () => {
    const launcher = await (await start()).ready();
    await fetch(`${launcher.workerUrl}/crash`).catch(() => undefined);
    await launcher.says('the worker is ready again');
    expect(launcher.output).toContain('the worker ended unexpectedly (code 3)');
    expect(launcher.output).toContain('the last words');
  });

  it('is started again on the same port when it is Redis, with all data', async () => {
    const launcher = await (await start()).ready();
    const { redisUrl } = launcher;
    await withClient(redisUrl, async (client) => {
      await client.set('kept', 'yes');
      const pid = /process_id:(\d+)/.exec(await client.info('server'))?.[1];
      process.kill(Number(pid), 'SIGKILL');
    });
    await launcher.says('the Redis server is ready again');
    await expect(withClient(redisUrl, (client) => client.get('kept'))).resolves.toBe('yes');
  });

  it('is killed at the second signal when it does not stop', async () => {
    const launcher = await (await start({ FAKE_STUBBORN: 'true' })).ready();
    const { pid } = JSON.parse(readFileSync(join(launcher.dataDir, 'launcher.lock'), 'utf8')) as {
      pid: number;
    };
    process.kill(pid, 'SIGINT');
    await launcher.says('stopping');
    process.kill(pid, 'SIGINT');
    await expect(launcher.process.exited).resolves.toEqual({ code: 0, signal: null });
    expect(readFileSync(join(launcher.dataDir, 'logs/redis.log'), 'utf8')).toContain('bye bye');
  });
});

describe('a missing Redis program', () => {
  const onLinux = process.platform === 'linux' ? it : it.skip;

  onLinux('is installed by apt-get, whose commands are shown', async () => {
    const PATH = mkdtempSync(join(tmpdir(), 'almanac-path-'));
    const redis = process.env['TEST_REDIS_BINARY'] ?? '';
    const install = `case "$*" in *install*) /bin/ln -s ${redis} ${PATH}/redis-server;; esac`;
    writeFileSync(join(PATH, 'apt-get'), `#!/bin/sh\n${install}\n`, { mode: 0o755 });
    writeFileSync(join(PATH, 'sudo'), '#!/bin/sh\nshift; exec "$@"\n', { mode: 0o755 });
    symlinkSync('/bin/true', join(PATH, 'true'));
    symlinkSync('/usr/bin/env', join(PATH, 'env'));
    const launcher = await (await start({ PATH, ALMANAC_NO_INSTALL: '' })).ready();
    rmSync(PATH, { recursive: true });
    expect(launcher.output).toMatch(/\$ .*apt-get update/);
    expect(launcher.output).toMatch(/\$ .*apt-get install .*--no-install-recommends redis-server/);
  });
});

describe('a start that cannot work is refused in one line', () => {
  it.each(['PORT', 'WORKER_PORT'])('when %s is in use', async (variable) => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const { code, lines } = await refusal({ [variable]: String(port) });
    server.close();
    expect(code).toBe(1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^almanac: port ${String(port)} .*${variable}=\\d+$`));
  });

  it('when there is no Redis program and none may be installed', async () => {
    const PATH = mkdtempSync(join(tmpdir(), 'almanac-path-'));
    symlinkSync(process.execPath, join(PATH, 'node'));
    const { code, lines } = await refusal({ PATH });
    rmSync(PATH, { recursive: true });
    expect({ code, lines }).toEqual({
      code: 1,
      lines: [expect.stringMatching(/^almanac: redis-server was not found: install .*REDIS_URL=/)],
    });
  });

  it('when REDIS_URL names no server, without showing its password', async () => {
    const port = await freePort();
    const { code, lines } = await refusal({
      REDIS_URL: `redis://u:secret@127.0.0.1:${String(port)}`,
    });
    expect(code).toBe(1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`Redis at 127.0.0.1:${String(port)} does not answer (ECONNREFUSED)`);
    expect(lines[0]).not.toContain('secret');
  });

  it('when settings are wrong, with one line for each', async () => {
    const { code, lines } = await refusal({ LOG_LEVEL: 'loud', JOB_TIMEOUT: 'soon' });
    expect(code).toBe(1);
    expect(lines).toEqual([
      expect.stringMatching(/^almanac: LOG_LEVEL "loud": expected one of/),
      expect.stringMatching(/^almanac: JOB_TIMEOUT "soon": expected a duration/),
    ]);
  });
});

describe('a Redis that is named', () => {
  it('is used and left running', async () => {
    const url = process.env['TEST_REDIS_URL'] ?? '';
    const launcher = await (await start({ REDIS_URL: url })).ready();
    expect(launcher.programs).toHaveLength(2);
    expect(existsSync(join(launcher.dataDir, 'redis'))).toBe(false);
    await launcher.process.stop();
    await expect(withClient(url, (client) => client.ping())).resolves.toBe('PONG');
  });
});
