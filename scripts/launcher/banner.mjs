import { join, relative, sep } from 'node:path';

import { localUrl } from './ports.mjs';
import { withoutCredentials } from './redis-given.mjs';

/**
 * What a user wants to know once everything runs.
 * @param {import('./project.mjs').LauncherSettings} settings
 * @param {{ port: number } | { servers: string[] }} redis our own, or the ones that were named
 */
export function banner({ host, port, workerHost, workerPort, dataDir }, redis) {
  const url = localUrl(host, port);
  const isOwn = 'port' in redis;
  const rows = {
    API: url,
    Docs: `${url}/docs`,
    Help: `${url}/help`,
    Worker: `${localUrl(workerHost, workerPort)}/health/ready`,
    Redis: isOwn
      ? `127.0.0.1:${redis.port}, data in ${shown(join(dataDir, 'redis'))}`
      : `${redis.servers.map(withoutCredentials).join(', ')} (yours, it is left running)`,
    Logs: `${shown(join(dataDir, 'logs'))}${sep}{api,worker${isOwn ? ',redis' : ''}}.log`,
  };
  return [
    '',
    'Almanac is ready.',
    '',
    ...Object.entries(rows).map(([name, value]) => `  ${name.padEnd(8)}${value}`),
    '',
    'Ctrl-C stops everything; the data stays.',
    '',
  ].join('\n');
}

/** @param {string} path */
function shown(path) {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith('..') ? path : `.${sep}${fromHere}`;
}
