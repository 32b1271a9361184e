import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const GUARD = fileURLToPath(new URL('./guard.sh', import.meta.url));

/**
 * Starts a program under guard.sh, in its own process group: it gets no Ctrl-C of the terminal, and it
 * ends when this process ends, however that happens.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {object} [options]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {number | 'ignore' | 'inherit'} [options.output] file descriptor for both outputs
 * @param {number} [options.delay] seconds from the end of this process to SIGTERM
 * @param {number} [options.grace] seconds from SIGTERM to SIGKILL, also after the end of this process
 */
export function spawnGuarded(
  program,
  args,
  { env = process.env, output = 'ignore', delay = 0, grace = 4 } = {},
) {
  const guard = spawn('/bin/sh', [GUARD, String(delay), String(grace), program, ...args], {
    env,
    detached: true,
    stdio: ['pipe', output, output],
  });
  // The pipe only has to be there; the guard may be gone before it closes.
  guard.stdin?.on('error', () => undefined);
  guard.once('exit', () => {
    guard.stdin?.destroy();
    killGroup(guard);
  });
  return guard;
}

/**
 * SIGKILL to the program and to all that it started.
 * @param {import('node:child_process').ChildProcess} guard
 */
export function killGroup(guard) {
  if (guard.pid === undefined) return;
  try {
    process.kill(-guard.pid, 'SIGKILL');
  } catch {
    // Nothing of the group is left.
  }
}
