import { isIP } from 'node:net';

import { settings, type Setting } from './settings.js';

type ValueOf<S> = S extends Setting<infer T> ? T : never;
export type Configuration = {
  readonly [K in keyof typeof settings]: ValueOf<(typeof settings)[K]>;
};
export type Environment = Readonly<Record<string, string | undefined>>;

/** All faults of the environment at once, one sentence each. */
export class ConfigurationError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}

/**
 * Reads the configuration from the environment. An empty variable counts as not set.
 * @throws ConfigurationError with every fault found
 */
export function parseConfiguration(environment: Environment): Configuration {
  const faults: string[] = [];
  const entries = Object.entries<Setting<unknown>>(settings).map(([name, setting]) => {
    const env = setting.env.find((candidate) => (environment[candidate] ?? '') !== '');
    if (env === undefined) return [name, setting.fallback];
    try {
      return [name, setting.parse(environment[env] ?? '')];
    } catch (error) {
      const shown = setting.secret ? '' : ` "${environment[env] ?? ''}"`;
      faults.push(`${env}${shown}: ${(error as Error).message}`);
      return [name, setting.fallback];
    }
  });
  const configuration = Object.fromEntries(entries) as Configuration;
  faults.push(...refusals(configuration));
  if (faults.length > 0) throw new ConfigurationError(faults);
  return configuration;
}

/**
 * In production no server is assumed: one that is not named there was forgotten.
 * @throws ConfigurationError
 */
export function requireRedis(environment: Environment): void {
  const production = environment['NODE_ENV'] === 'production';
  const isSet = (setting: Setting<unknown>): boolean =>
    setting.env.some((name) => (environment[name] ?? '') !== '');
  const { redisUrl, redisHost, redisDataUrl, redisQueueUrl, redisResultsUrl } = settings;
  const named = [redisUrl, redisHost].some(isSet);
  if (!production || named || [redisDataUrl, redisQueueUrl, redisResultsUrl].every(isSet)) return;
  throw new ConfigurationError([
    'REDIS_URL is not set: in production (NODE_ENV) no Redis server is assumed; name one, such as redis://redis:6379, or set REDIS_HOST',
  ]);
}

export function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

function refusals(configuration: Configuration): string[] {
  const faults: string[] = [];
  const { host, apiKeys, allowAnonymous } = configuration;
  if (!isLoopback(host) && apiKeys.length === 0 && !allowAnonymous) {
    faults.push(
      `HOST "${host}": listening beyond loopback lets anyone change the data; set API_KEYS, or ALLOW_ANONYMOUS=true if that is meant`,
    );
  }
  if (apiKeys.some((key) => key.length < 16)) {
    faults.push('API_KEYS: every key needs at least 16 characters');
  }
  for (const [env, url] of [
    ['REDIS_URL', configuration.redisUrl],
    ['REDIS_DATA_URL', configuration.redisDataUrl],
    ['REDIS_QUEUE_URL', configuration.redisQueueUrl],
    ['REDIS_RESULTS_URL', configuration.redisResultsUrl],
  ] as const) {
    if (url !== '' && !/^rediss?:\/\/[^/]+/.test(url)) {
      faults.push(`${env}: expected redis://host:port or rediss://host:port`);
    }
  }
  if (!/^[A-Za-z0-9_.-]{1,64}$/.test(configuration.keyPrefix)) {
    faults.push('KEY_PREFIX: expected 1 to 64 letters, digits, dots, dashes or underscores');
  }
  return faults;
}
