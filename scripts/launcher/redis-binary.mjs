import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['redis-server', 'valkey-server'];
const USUAL_PLACES = ['/usr/local/bin', '/opt/homebrew/bin', '/opt/local/bin', '/snap/bin'];

/**
 * The Redis (or Valkey) server program of this machine: the one named by REDIS_SERVER, else the first in
 * PATH, else the first in the usual places.
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined}
 */
export function findRedisServer(env) {
  if (env['REDIS_SERVER']) return isProgram(env['REDIS_SERVER']) ? env['REDIS_SERVER'] : undefined;
  const folders = [...(env['PATH'] ?? '').split(delimiter).filter(Boolean), ...USUAL_PLACES];
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isProgram);
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
