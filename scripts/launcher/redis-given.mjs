import { Fault } from './fault.mjs';

const DEADLINE = 5000;

/**
 * The Redis servers that the environment names, as URLs; empty when the launcher is to start its own.
 * @param {NodeJS.ProcessEnv} env
 * @param {Pick<import('./project.mjs').LauncherSettings, 'redisUrl' | 'redisHost' | 'redisPort'>} settings
 * @returns {string[]}
 */
export function givenServers(env, { redisUrl, redisHost, redisPort }) {
  const stores = ['REDIS_DATA_URL', 'REDIS_QUEUE_URL', 'REDIS_RESULTS_URL'].map(
    (name) => env[name] || '',
  );
  const isNamed = ['REDIS_HOST', 'REDIS_IP', 'REDIS_PORT'].some((name) => Boolean(env[name]));
  const host = redisHost.includes(':') ? `[${redisHost}]` : redisHost;
  const common = redisUrl || (isNamed ? `redis://${host}:${redisPort}` : '');
  if (common === '' && stores.includes('')) return [];
  return [...new Set(stores.map((store) => store || withoutPath(common)))];
}

/** @param {string} url */
export const withoutCredentials = (url) => new URL(url).host;

/**
 * @param {string} url
 * @throws {Fault} when no Redis answers there
 */
export async function checkServer(url) {
  const { Redis } = await import('ioredis');
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: DEADLINE,
    commandTimeout: DEADLINE,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  /** @type {NodeJS.ErrnoException | undefined} */
  let cause;
  client.on('error', (error) => (cause ??= error));
  try {
    await client.connect();
    await client.ping();
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (cause ?? error);
    throw new Fault(
      `Redis at ${withoutCredentials(url)} does not answer (${code ?? message}): start it, correct REDIS_URL, or unset it to have one started here`,
    );
  } finally {
    client.disconnect();
  }
}

/** @param {string} url */
function withoutPath(url) {
  const parsed = new URL(url);
  parsed.pathname = '';
  return parsed.href;
}
