import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { LogFile } from './log-file.mjs';
import { freePort, localUrl } from './ports.mjs';
import { PROGRAMS } from './project.mjs';
import { redisReady } from './redis-probe.mjs';

const LOOK_FOR_READY = 100;
/** Seconds that Redis outlives a launcher which was killed: time for the others to put their work back. */
const REDIS_DELAY = 2;
const REDIS_GRACE = 10;

/**
 * @typedef {import('./project.mjs').LauncherSettings} LauncherSettings
 * @typedef {import('./service.mjs').ServiceOptions} ServiceOptions
 */

/**
 * A Redis of our own: loopback only, on a free port, every acknowledged write on disk.
 * @param {string} binary
 * @param {LauncherSettings} settings
 * @returns {Promise<ServiceOptions & { port: number }>}
 */
export async function redisProgram(binary, { dataDir }) {
  const port = await freePort();
  const folder = join(dataDir, 'redis');
  mkdirSync(folder, { recursive: true });
  return {
    name: 'Redis server',
    port,
    program: binary,
    args: [
      ...['--port', String(port), '--bind', '127.0.0.1', '--protected-mode', 'yes'],
      ...['--dir', folder, '--save', '', '--appendonly', 'yes', '--appendfsync', 'always'],
      ...['--maxmemory-policy', 'noeviction', '--daemonize', 'no', '--logfile', ''],
    ],
    env: process.env,
    log: new LogFile(logPath(dataDir, 'redis')),
    ready: (alive) => redisReady(port, { alive }),
    deadline: Infinity, // reading much data takes as long as it takes
    delay: REDIS_DELAY,
    grace: REDIS_GRACE,
  };
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {LauncherSettings} settings
 * @returns {ServiceOptions}
 */
export function apiProgram(env, { dataDir, host, port }) {
  return {
    name: 'API',
    program: process.execPath,
    args: [PROGRAMS.api],
    env,
    log: new LogFile(logPath(dataDir, 'api')),
    ready: (alive) => answersReady(localUrl(host, port), alive),
  };
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {LauncherSettings} settings
 * @returns {ServiceOptions}
 */
export function workerProgram(env, { dataDir, workerHost, workerPort }) {
  return {
    name: 'worker',
    program: process.execPath,
    args: [PROGRAMS.worker],
    env,
    log: new LogFile(logPath(dataDir, 'worker')),
    ready: (alive) => answersReady(localUrl(workerHost, workerPort), alive),
  };
}

/**
 * @param {string} dataDir
 * @param {string} name
 */
const logPath = (dataDir, name) => join(dataDir, 'logs', `${name}.log`);

/**
 * @param {string} url
 * @param {() => boolean} alive
 */
async function answersReady(url, alive) {
  while (alive()) {
    try {
      if ((await statusOf(`${url}/health/ready`)) === 200) return true;
    } catch {
      // Nobody listens yet.
    }
    await sleep(LOOK_FOR_READY);
  }
  return false;
}

/**
 * Not by fetch, which refuses the ports that browsers do, such as 6000.
 * @param {string} url
 */
async function statusOf(url) {
  const request = get(url, { signal: AbortSignal.timeout(2000), agent: false });
  const [response] = /** @type {[import('node:http').IncomingMessage]} */ (
    await once(request, 'response')
  );
  response.resume();
  return response.statusCode;
}
