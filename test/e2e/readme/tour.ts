import { readdirSync, rmSync } from 'node:fs';

import { freePort, GuardedProcess } from '../../support/guarded-process.js';
import { uniquePrefix } from '../../support/processes.js';
import { until } from '../../support/until.js';
import { cloneOfCheckout } from './clone.js';
import { ShellSession, type Outcome } from './shell-session.js';

const MAKE_RUN = /^((?:\w+=\S+ )*)make run$/;
/** Ports that the README names: of the API, the worker, another API, and a Redis of one's own. */
const API = '3000';
const WORKER = '3001';
const NAMED_PORTS = [API, WORKER, '8080'];
const REDIS = '6379';
const READY = 'Almanac is ready.';

/**
 * A reader of the README: one folder, one shell, and Almanac started by `make run` in another terminal. The
 * ports of the page are replaced by free ones.
 */
export class Tour {
  private almanac: GuardedProcess | undefined;
  private readonly before: readonly string[];

  private constructor(
    readonly folder: string,
    private readonly shell: ShellSession,
    private readonly ports: ReadonlyMap<string, string>,
    private readonly env: NodeJS.ProcessEnv,
  ) {
    this.before = readdirSync(folder);
  }

  static async begin(): Promise<Tour> {
    const ports = new Map([[REDIS, process.env['TEST_REDIS_PORT'] ?? '']]);
    for (const port of NAMED_PORTS) ports.set(port, String(await freePort()));
    const { PATH, HOME, TMPDIR, LANG, REDIS_SERVER } = process.env;
    const env = {
      ...{ PATH, HOME, TMPDIR, LANG, REDIS_SERVER },
      ALMANAC_NO_INSTALL: '1',
      KEY_PREFIX: uniquePrefix(),
    };
    const folder = cloneOfCheckout();
    return new Tour(folder, new ShellSession(folder, env), ports, env);
  }

  async run(command: string): Promise<Outcome> {
    const here = this.withOwnPorts(command);
    const start = MAKE_RUN.exec(here);
    if (start === null) return this.shell.run(here);
    return this.start(start[1] ?? '');
  }

  /** What the commands have left in the folder, beside what is ignored there. */
  get left(): string[] {
    const known = [...this.before, 'dist', 'data'];
    return readdirSync(this.folder).filter((name) => !known.includes(name));
  }

  /** A text of the README with the ports of this tour. */
  withOwnPorts(text: string): string {
    return text.replace(
      /(localhost:|127\.0\.0\.1:|\bPORT=)(\d+)\b/g,
      (whole, before: string, port: string) => {
        const own = this.ports.get(port);
        return own === undefined ? whole : `${before}${own}`;
      },
    );
  }

  async end(): Promise<void> {
    await this.stop();
    await this.shell.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** @param assignments such as `PORT=8080 API_KEYS=secret ` */
  private async start(assignments: string): Promise<Outcome> {
    await this.stop();
    const given = assignments
      .split(' ')
      .filter((word) => word !== '')
      .map((word) => word.split(/=(.*)/s, 2) as [string, string]);
    const almanac = new GuardedProcess('make', ['-C', this.folder, 'run'], {
      ...this.env,
      PORT: this.ports.get(API),
      WORKER_PORT: this.ports.get(WORKER),
      ...Object.fromEntries(given),
    });
    this.almanac = almanac;
    await until(() => almanac.output.includes(READY) || almanac.exit !== undefined, {
      what: READY,
      deadline: 100_000,
    });
    return {
      code: almanac.exit?.code ?? 0,
      stdout: almanac.output,
      stderr: '',
      answers: [],
    };
  }

  private async stop(): Promise<void> {
    await this.almanac?.stop();
    this.almanac = undefined;
  }
}
