import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { killGroup, spawnGuarded } from '../../scripts/launcher/guarded-process.mjs';
import { freePort } from '../../scripts/launcher/ports.mjs';
import { findRedisServer } from '../../scripts/launcher/redis-binary.mjs';
import { redisReady } from '../../scripts/launcher/redis-probe.mjs';
import { watchMemory } from './memory.mjs';
import { processesOf, processorTime } from './processor-time.mjs';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const READY_MS = 30_000;
const END_MS = 15_000;

/**
 * The programs of a measurement, on free loopback ports, with all their files in one temporary folder.
 * `close` ends what was started here, in reverse order, and removes the folder; should this process die,
 * the guard ends them.
 */
export class System {
  folder = mkdtempSync(join(tmpdir(), 'almanac-bench-'));
  #started = [];
  #remove = () => rmSync(this.folder, { recursive: true, force: true });

  /** @param {{ profile: string | null }} options */
  constructor({ profile }) {
    this.profile = profile;
    process.once('exit', this.#remove);
  }

  /** A Redis as the launcher starts it: append-only, every write on disk before it is acknowledged. */
  async redis(name) {
    const binary = findRedisServer(process.env);
    if (binary === undefined) throw new Error('redis-server was not found: run make setup');
    const port = await freePort();
    const folder = join(this.folder, name);
    mkdirSync(folder);
    const program = this.#start(name, binary, [
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''],
      ...['--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction'],
    ]);
    const ready = await redisReady(port, { alive: () => program.exitCode === null });
    if (!ready) throw new Error(`${name} did not start:\n${this.#log(name)}`);
    return `redis://127.0.0.1:${port}`;
  }

  /** The built API on this Redis; others beside it have names of their own. */
  api(redisUrl, env = {}, name = 'api') {
    return this.#almanac(name, 'dist/main.js', 'PORT', redisUrl, env);
  }

  /** A built worker on this Redis; others beside it have names of their own. */
  worker(redisUrl, env = {}, name = 'worker') {
    return this.#almanac(name, 'dist/worker.js', 'WORKER_PORT', redisUrl, env);
  }

  /** API or worker of the product with an operation and an analysis that do nothing. */
  noop(role, redisUrl, env = {}, name = role) {
    const portVariable = role === 'api' ? 'PORT' : 'WORKER_PORT';
    const all = { ...env, ROLE: role };
    return this.#almanac(name, 'bench/jobs/noop-process.mjs', portVariable, redisUrl, all);
  }

  /** A program of this folder that listens on PORT and answers /ready. */
  async server(name, script, env = {}) {
    const port = await freePort();
    this.#start(name, process.execPath, [join(ROOT, 'bench', script)], { ...env, PORT: port });
    return this.#ready(name, `http://127.0.0.1:${port}`, '/ready');
  }

  /** Milliseconds of processor time that a program and its children have taken; null if that is not known. */
  processorTime(name) {
    return processorTime(this.#pid(name));
  }

  /** Keeps a program on one processor, with the threads that it starts. @returns whether that is possible here */
  pin(name, processor) {
    return processesOf(this.#pid(name)).every(
      ({ pid }) => spawnSync('taskset', ['-acp', String(processor), pid]).status === 0,
    );
  }

  /** Notes how large a process of a program gets; the program's own, or the one with `part` in its command. */
  watchMemory(name, part = 'main.js') {
    return watchMemory(this.#pid(name), part);
  }

  /** Ends one program, and waits until it has ended. */
  async stop(name) {
    const index = this.#started.findIndex((one) => one.name === name);
    const [{ program }] = this.#started.splice(index, 1);
    await end(program);
  }

  async close() {
    for (const { program } of this.#started.splice(0).reverse()) await end(program);
    this.#remove();
    process.removeListener('exit', this.#remove);
  }

  async #almanac(name, program, portVariable, redisUrl, env) {
    const port = await freePort();
    const profiling =
      this.profile === null ? [] : ['--cpu-prof', '--cpu-prof-dir', join(this.profile, name)];
    this.#start(name, process.execPath, [...profiling, join(ROOT, program)], {
      REDIS_URL: redisUrl,
      DATA_DIR: join(this.folder, `${name}-data`),
      [portVariable]: port,
      ...env,
    });
    return this.#ready(name, `http://127.0.0.1:${port}`, '/health/ready');
  }

  #pid(name) {
    return this.#started.find((one) => one.name === name).program.pid;
  }

  #start(name, program, args, env = {}) {
    const output = openSync(join(this.folder, `${name}.log`), 'a');
    const { PATH, HOME, TMPDIR, LANG } = process.env;
    const started = spawnGuarded(program, args, {
      env: { PATH, HOME, TMPDIR, LANG, TZ: 'UTC', ...env },
      output,
      grace: 10,
    });
    closeSync(output);
    this.#started.push({ name, program: started });
    return started;
  }

  async #ready(name, url, path) {
    const { program } = this.#started.find((one) => one.name === name);
    const deadline = Date.now() + READY_MS;
    while (Date.now() < deadline && program.exitCode === null) {
      const answer = await fetch(url + path, { signal: AbortSignal.timeout(2000) }).catch(
        () => null,
      );
      await answer?.arrayBuffer();
      if (answer?.ok) return url;
      await sleep(50);
    }
    throw new Error(`${name} did not become ready:\n${this.#log(name)}`);
  }

  #log(name) {
    return readFileSync(join(this.folder, `${name}.log`), 'utf8').slice(-4000);
  }
}

/** SIGTERM, and SIGKILL to what is left of its group after a while. */
async function end(program) {
  if (program.exitCode !== null || program.signalCode !== null) return;
  const exited = once(program, 'exit');
  program.kill('SIGTERM');
  const late = setTimeout(() => killGroup(program), END_MS);
  await exited;
  clearTimeout(late);
}
