import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort, GuardedProcess, ROOT } from './guarded-process.js';
import { until } from './until.js';

/** A checkout with the launcher and the build's configuration, but fake programs. Remove it with rmSync. */
export function fakeCheckout(): string {
  const folder = mkdtempSync(join(tmpdir(), 'almanac-checkout-'));
  for (const path of ['scripts', 'package.json', 'dist/config']) {
    cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  }
  for (const program of ['dist/main.js', 'dist/worker.js']) {
    cpSync(join(ROOT, 'test/support/fixtures/fake-program.mjs'), join(folder, program));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

interface Place {
  /** Root folder of the checkout to run; by default this one. */
  checkout?: string;
  /** By default a new one, that `remove` removes. */
  dataDir?: string;
}

/** `node scripts/start.mjs` with a data folder and ports of its own. `remove` it in afterEach. */
export class LauncherProcess {
  private constructor(
    readonly process: GuardedProcess,
    readonly dataDir: string,
    readonly port: number,
    readonly workerPort: number,
  ) {}

  static async start(env: NodeJS.ProcessEnv = {}, place: Place = {}): Promise<LauncherProcess> {
    const dataDir = place.dataDir ?? mkdtempSync(join(tmpdir(), 'almanac-data-'));
    mkdirSync(dataDir, { recursive: true });
    const port = Number(env['PORT'] ?? (await freePort()));
    const workerPort = Number(env['WORKER_PORT'] ?? (await freePort()));
    const { PATH, HOME, TMPDIR } = process.env;
    const complete = {
      ...{ PATH, HOME, TMPDIR, ALMANAC_NO_INSTALL: '1', DATA_DIR: dataDir },
      ...env,
      ...{ PORT: String(port), WORKER_PORT: String(workerPort) },
    };
    const script = join(place.checkout ?? ROOT, 'scripts/start.mjs');
    const started = new GuardedProcess(process.execPath, [script], complete);
    return new LauncherProcess(started, dataDir, port, workerPort);
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  get workerUrl(): string {
    return `http://127.0.0.1:${String(this.workerPort)}`;
  }

  get output(): string {
    return this.process.output;
  }

  /** Waits for words on the terminal. */
  async says(words: string, times = 1): Promise<void> {
    await until(() => this.output.split(words).length > times, {
      what: `"${words}"`,
      deadline: 20_000,
    }).catch((error: unknown) => {
      throw new Error(`the launcher said:\n${this.output}`, { cause: error });
    });
  }

  async ready(): Promise<this> {
    await this.says('Almanac is ready.');
    return this;
  }

  /** The URL of the Redis that it started. */
  get redisUrl(): string {
    return `redis://${/Redis +(127\.0\.0\.1:\d+)/.exec(this.output)?.[1] ?? 'not started'}`;
  }

  /** The pids of the guards of all programs that it runs. */
  get programs(): number[] {
    const lock = JSON.parse(readFileSync(join(this.dataDir, 'launcher.lock'), 'utf8')) as {
      children: { pid: number }[];
    };
    return lock.children.map(({ pid }) => pid);
  }

  async remove(): Promise<void> {
    await this.process.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
