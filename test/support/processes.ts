import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort, GuardedProcess, ROOT, type Exit } from './guarded-process.js';
import { until } from './until.js';

/** A key prefix that no other test uses. */
export function uniquePrefix(): string {
  return `test-${randomUUID().slice(0, 13)}`;
}

/** One line of the log of a process: pino's JSON. */
export type LogLine = Readonly<Record<string, unknown>> & { level: number; msg?: string };

export type ProcessEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * A built API or worker process (dist/main.js, dist/worker.js) on free ports. Without REDIS_URL in `env` it
 * uses the Redis of the run, and without KEY_PREFIX a new prefix: give both processes of a test the same.
 * Each has a data folder of its own unless DATA_DIR is given. `stop` or `kill` it in afterAll.
 */
export class AlmanacProcess {
  private constructor(
    private readonly process: GuardedProcess,
    readonly url: string,
    readonly env: ProcessEnvironment,
    private readonly ownFolder: string | undefined,
  ) {}

  /** Starts an API and waits until it is ready; `ready: false` returns at once. */
  static api(env: ProcessEnvironment = {}, options: StartOptions = {}): Promise<AlmanacProcess> {
    return AlmanacProcess.start('dist/main.js', 'PORT', env, options);
  }

  /** Starts a worker and waits until it is ready; `ready: false` returns at once. */
  static worker(env: ProcessEnvironment = {}, options: StartOptions = {}): Promise<AlmanacProcess> {
    return AlmanacProcess.start('dist/worker.js', 'WORKER_PORT', env, options);
  }

  private static async start(
    program: string,
    portVariable: 'PORT' | 'WORKER_PORT',
    env: ProcessEnvironment,
    { ready = true, deadline = 45_000, root = ROOT, args = [] }: StartOptions,
  ): Promise<AlmanacProcess> {
    const port = env[portVariable] ?? String(await freePort());
    const ownFolder =
      env['DATA_DIR'] === undefined ? mkdtempSync(join(tmpdir(), 'almanac-data-')) : undefined;
    const complete = {
      REDIS_URL: process.env['TEST_REDIS_URL'],
      KEY_PREFIX: uniquePrefix(),
      DATA_DIR: ownFolder,
      ...env,
      [portVariable]: port,
    };
    const started = new AlmanacProcess(
      new GuardedProcess(process.execPath, [join(root, program), ...args], {
        ...clean(),
        ...complete,
      }),
      `http://127.0.0.1:${port}`,
      complete,
      ownFolder,
    );
    if (ready) {
      await started.ready(deadline).catch(async (error: unknown) => {
        await started.kill();
        throw error;
      });
    }
    return started;
  }

  /** Waits until /health/ready answers 200; fails at once, with what was written, when the process ends. */
  async ready(deadline = 45_000): Promise<void> {
    const answer = await until(
      async () => {
        if (this.exit !== undefined) return 'ended';
        const response = await fetch(`${this.url}/health/ready`, {
          signal: AbortSignal.timeout(2000),
        });
        return response.ok ? 'ready' : undefined;
      },
      { what: `${this.url}/health/ready`, deadline, interval: 50 },
    ).catch((error: unknown) => {
      throw new Error(`not ready:\n${this.output.slice(-4000)}`, { cause: error });
    });
    if (answer === 'ended') throw new Error(`ended at its start:\n${this.output.slice(-4000)}`);
  }

  /** Everything written so far to standard output and standard error. */
  get output(): string {
    return this.process.output;
  }

  /** The log lines so far. */
  get log(): LogLine[] {
    return this.output.split('\n').flatMap((line) => {
      try {
        return line.startsWith('{') ? [JSON.parse(line) as LogLine] : [];
      } catch {
        return []; // a line that is not complete yet
      }
    });
  }

  /** How the process ended, or undefined while it runs. */
  get exit(): Exit | undefined {
    return this.process.exit;
  }

  /** Resolves when the process has ended by itself or otherwise. */
  get exited(): Promise<Exit> {
    return this.process.exited;
  }

  /** Ids of the processes that it has started whose command line holds this text. */
  childrenWith(text: string): number[] {
    return this.process.childrenWith(text);
  }

  /** SIGTERM; resolves when it has ended. A program that handles it well gives `code: 0`. */
  async stop(): Promise<Exit> {
    return this.tidy(await this.process.stop());
  }

  /** SIGKILL; resolves when it has ended. */
  async kill(): Promise<Exit> {
    return this.tidy(await this.process.kill());
  }

  private tidy(exit: Exit): Exit {
    if (this.ownFolder !== undefined) rmSync(this.ownFolder, { recursive: true, force: true });
    return exit;
  }
}

export interface StartOptions {
  ready?: boolean;
  /** Milliseconds for becoming ready. */
  deadline?: number;
  /** Folder that holds `dist`, where it is another than that of the project. */
  root?: string;
  /** Arguments of the program. */
  args?: readonly string[];
}

/** The environment of the test run without what could leak settings into a process under test. */
function clean(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, LANG } = process.env;
  return { PATH, HOME, TMPDIR, LANG, TZ: 'UTC' };
}
