import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Fault } from './fault.mjs';

/** Root folder of the checkout, wherever the launcher is called from. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export const PROGRAMS = {
  api: join(ROOT, 'dist/main.js'),
  worker: join(ROOT, 'dist/worker.js'),
};

const CONFIGURATION = join(ROOT, 'dist/config/configuration.js');

/** @throws {Fault} when packages or the build are missing */
export function checkInstalled() {
  if (!existsSync(join(ROOT, 'node_modules'))) {
    throw new Fault('the packages are not installed: call `make run`, or `npm ci` first');
  }
  const missing = [...Object.values(PROGRAMS), CONFIGURATION].find((file) => !existsSync(file));
  if (missing !== undefined) {
    throw new Fault(
      `${relative(ROOT, missing)} is missing: call \`make run\`, or \`npm run build\` first`,
    );
  }
}

/**
 * The settings of the environment, checked and completed by the program's own table. DATA_DIR is made
 * absolute: as given from the folder of the call, by default in the checkout.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<LauncherSettings>}
 * @throws {Error & { faults: string[] }} with every fault found
 */
export async function readSettings(env) {
  const { parseConfiguration } = await import(CONFIGURATION);
  const configuration = parseConfiguration(env);
  const dataDir = env['DATA_DIR'] ? resolve(env['DATA_DIR']) : join(ROOT, configuration.dataDir);
  return { ...configuration, dataDir };
}

/**
 * What the launcher needs of the settings, see src/config/settings.ts.
 * @typedef {object} LauncherSettings
 * @property {string} host
 * @property {number} port
 * @property {string} workerHost
 * @property {number} workerPort
 * @property {string} dataDir
 * @property {number} shutdownGrace milliseconds
 * @property {string} redisUrl
 * @property {string} redisHost
 * @property {number} redisPort
 */
