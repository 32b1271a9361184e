import { Redis } from 'ioredis';

import type { Configuration } from '../config/configuration.js';

/**
 * The Redis connections of one process. Commands on the request path fail fast: no offline queue, a
 * deadline each, so that a caller gets 503 instead of a wait. `bulk` and `resultBytes` carry what has several
 * MiB, and scripts over it; `events` only subscribes. Reconnecting goes on for ever, by itself.
 */
export const STORES = ['data', 'queue', 'results'] as const;
export type Store = (typeof STORES)[number];

const COMMAND_DEADLINE_MS = 3_000;
const BULK_DEADLINE_MS = 60_000;
const RECONNECT_MAX_MS = 1_000;

/** The URL of a store; the three stores are databases 0, 1 and 2 of one server unless told otherwise. */
export function storeUrl(configuration: Configuration, store: Store): string {
  const own = {
    data: configuration.redisDataUrl,
    queue: configuration.redisQueueUrl,
    results: configuration.redisResultsUrl,
  }[store];
  if (own !== '') return own;
  const { redisUrl, redisHost, redisPort } = configuration;
  const url = new URL(redisUrl === '' ? 'redis://localhost' : redisUrl);
  if (redisUrl === '') {
    url.hostname = redisHost.includes(':') ? `[${redisHost}]` : redisHost;
    url.port = String(redisPort);
  }
  url.pathname = `/${String(STORES.indexOf(store))}`;
  return url.href;
}

/**
 * The databases of two stores that are on one server, where one script can change both; null where they are not.
 */
export function sharedServer(
  configuration: Configuration,
  one: Store,
  other: Store,
): readonly [number, number] | null {
  const [first, second] = [one, other].map((store) => new URL(storeUrl(configuration, store)));
  if (first === undefined || second?.host !== first.host) return null;
  if (first.username !== second.username || first.protocol !== second.protocol) return null;
  return [Number(first.pathname.slice(1) || 0), Number(second.pathname.slice(1) || 0)];
}

interface Behaviour {
  commandTimeout?: number;
  /** Commands of one turn of the event loop go out in one write. */
  enableAutoPipelining?: boolean;
  autoPipeliningIgnoredCommands?: string[];
  enableOfflineQueue?: boolean;
  autoResubscribe?: boolean;
}

/** Hears of each connection, by the address of its server and its name. */
export interface ConnectionWatch {
  failed(address: string, name: string, error: Error): void;
  ready(address: string, name: string): void;
}

export class RedisConnections {
  readonly data: Redis;
  readonly bulk: Redis;
  readonly queue: Redis;
  readonly results: Redis;
  readonly resultBytes: Redis;
  readonly events: Redis;

  constructor(configuration: Configuration, watch?: ConnectionWatch) {
    const connect = (name: string, store: Store, options: Behaviour): Redis => {
      const url = storeUrl(configuration, store);
      const { hostname, port } = new URL(url);
      const address = `${hostname}:${port === '' ? '6379' : port}`;
      const redis = new Redis(url, {
        retryStrategy: (times) => Math.min(50 * times, RECONNECT_MAX_MS),
        connectTimeout: COMMAND_DEADLINE_MS,
        maxRetriesPerRequest: 0,
        enableOfflineQueue: false,
        enableReadyCheck: true,
        autoResendUnfulfilledCommands: false,
        ...options,
      });
      redis.on('error', (error: Error) => {
        watch?.failed(address, name, error);
      });
      redis.on('ready', () => watch?.ready(address, name));
      return redis;
    };
    const prompt = {
      commandTimeout: COMMAND_DEADLINE_MS,
      enableAutoPipelining: true,
      autoPipeliningIgnoredCommands: ['hmget'], // comes alone: it is shared already
    };
    const patient = { commandTimeout: BULK_DEADLINE_MS };
    this.data = connect('data', 'data', prompt);
    this.bulk = connect('bulk', 'data', patient);
    this.queue = connect('queue', 'queue', prompt);
    this.results = connect('results', 'results', prompt);
    this.resultBytes = connect('result bytes', 'results', patient);
    this.events = connect('events', 'queue', { enableOfflineQueue: true, autoResubscribe: true });
  }

  get all(): readonly Redis[] {
    return [this.data, this.bulk, this.queue, this.results, this.resultBytes, this.events];
  }

  /** Waits until every connection is ready; false when the deadline passes first. */
  async ready(deadlineMs: number): Promise<boolean> {
    const end = Date.now() + deadlineMs;
    while (this.all.some((redis) => redis.status !== 'ready')) {
      if (Date.now() > end) return false;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return true;
  }

  close(): void {
    for (const redis of this.all) redis.disconnect();
  }
}
