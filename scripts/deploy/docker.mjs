// The programs `docker` and `docker compose` (or the older docker-compose), as functions.
import { execFileSync, spawnSync } from 'node:child_process';

/** `docker compose` where the plug-in is there, else `docker-compose`. */
const COMPOSE =
  spawnSync('docker', ['compose', 'version'], { stdio: 'ignore' }).status === 0
    ? ['docker', 'compose']
    : ['docker-compose'];

/**
 * Runs a program and gives what it wrote to standard output. A failure throws with what it wrote.
 *
 * @param {string[]} command
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string}
 */
export function run([program = '', ...args], env = process.env) {
  try {
    return execFileSync(program, args, {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      maxBuffer: 1e8,
    }).trim();
  } catch (error) {
    const { stdout = '', stderr = '' } = /** @type {{ stdout?: string, stderr?: string }} */ (
      error
    );
    throw new Error(`${program} ${args.join(' ')} failed:\n${stdout}${stderr}`.slice(-4000), {
      cause: error,
    });
  }
}

/** @param {string[]} args */
export const docker = (...args) => run(['docker', ...args]);

/** One project of compose, in a namespace of its own. */
export class Compose {
  /**
   * @param {string} project
   * @param {NodeJS.ProcessEnv} env
   */
  constructor(project, env) {
    this.env = { ...process.env, ...env, COMPOSE_PROJECT_NAME: project };
  }

  /** @param {string[]} args */
  run(...args) {
    return run([...COMPOSE, '--profile', 'scaled', ...args], this.env);
  }

  /**
   * Ids of the containers of a service that run.
   *
   * @param {string} service
   */
  containers(service) {
    return this.run('ps', '-q', service).split('\n').filter(Boolean);
  }
}

/**
 * @param {string} container
 * @returns {{ running: boolean, pid: number, code: number, restarts: number, health: string }}
 */
export function state(container) {
  const text = docker(
    ...['inspect', '-f'],
    '{{.State.Running}} {{.State.Pid}} {{.State.ExitCode}} {{.RestartCount}} {{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}',
    container,
  );
  const [running, pid, code, restarts, health = ''] = text.split(' ');
  return {
    running: running === 'true',
    pid: Number(pid),
    code: Number(code),
    restarts: Number(restarts),
    health,
  };
}
