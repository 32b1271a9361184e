import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { Fault } from './fault.mjs';
import { findRedisServer } from './redis-binary.mjs';

const PACKAGE = 'redis-server';
/** RUNLEVEL=1 keeps a system without systemd from starting the service which the package brings. */
const APT_ENV = ['DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1'];

/**
 * The Redis server program, installed first where it is missing and that can be done without a question.
 * @param {NodeJS.ProcessEnv} env
 * @param {(line: string) => void} say
 * @returns {string}
 * @throws {Fault} that says what to install
 */
export function ensureRedisServer(env, say) {
  const found = findRedisServer(env);
  if (found !== undefined) return found;
  const install = env['ALMANAC_NO_INSTALL'] || env['REDIS_SERVER'] ? undefined : installer(env);
  install?.(say);
  const installed = findRedisServer(env);
  if (installed === undefined) throw new Fault(missing(env));
  return installed;
}

/** @param {NodeJS.ProcessEnv} env */
function missing(env) {
  if (env['REDIS_SERVER']) return `REDIS_SERVER "${env['REDIS_SERVER']}" is not a program`;
  return (
    'redis-server was not found: install Redis 7 or Valkey (Debian, Ubuntu: apt-get install redis-server; ' +
    'macOS: brew install redis), or name a server with REDIS_URL=redis://host:6379'
  );
}

/**
 * How this machine installs Redis without asking anything, or undefined.
 * @param {NodeJS.ProcessEnv} env
 * @returns {((say: (line: string) => void) => void) | undefined}
 */
function installer(env) {
  if (process.platform === 'darwin' && isInPath('brew', env)) {
    return (say) => run(['brew', 'install', 'redis'], say);
  }
  if (process.platform === 'linux' && isInPath('apt-get', env)) {
    if (process.getuid?.() === 0) return (say) => installWithApt([], say);
    if (isInPath('sudo', env) && succeeds(['sudo', '-n', 'true'])) {
      return (say) => installWithApt(['sudo', '-n'], say);
    }
  }
  return undefined;
}

/**
 * The package starts a service of its own, which nobody asked for: it is ended again, unless it was there
 * before.
 * @param {string[]} asRoot
 * @param {(line: string) => void} say
 */
function installWithApt(asRoot, say) {
  const wasActive = isServiceActive();
  run([...asRoot, 'apt-get', 'update', '-qq'], say);
  const install = ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', PACKAGE];
  run([...asRoot, 'env', ...APT_ENV, ...install], say);
  if (wasActive || !isServiceActive()) return;
  const stop = hasSystemd()
    ? ['systemctl', 'disable', '--now', PACKAGE]
    : ['service', PACKAGE, 'stop'];
  run([...asRoot, ...stop], say);
}

function isServiceActive() {
  if (hasSystemd()) return succeeds(['systemctl', 'is-active', '--quiet', PACKAGE]);
  return existsSync(`/etc/init.d/${PACKAGE}`) && succeeds(['service', PACKAGE, 'status']);
}

const hasSystemd = () => existsSync('/run/systemd/system');

/**
 * @param {string[]} command
 * @param {(line: string) => void} say
 */
function run(command, say) {
  say(`$ ${command.join(' ')}`);
  const [program = '', ...args] = command;
  const { status, error } = spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status === 0) return;
  throw new Fault(
    `\`${command.join(' ')}\` failed (${error?.message ?? `code ${status ?? 'unknown'}`}): install redis-server yourself, or set REDIS_URL`,
  );
}

/** @param {string[]} command */
function succeeds([program = '', ...args]) {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

/**
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 */
const isInPath = (name, env) =>
  (env['PATH'] ?? '')
    .split(delimiter)
    .some((folder) => folder !== '' && existsSync(join(folder, name)));
