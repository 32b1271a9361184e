import type { Redis } from 'ioredis';

/**
 * For how long a connection has been up. A worker that was cut off from Redis must not judge the silence of
 * others: they were cut off too.
 */
export class ConnectedTime {
  private since: number;

  constructor(redis: Redis) {
    this.since = redis.status === 'ready' ? performance.now() : Infinity;
    redis.on('ready', () => (this.since = performance.now()));
    redis.on('close', () => (this.since = Infinity));
  }

  get ms(): number {
    return Math.max(0, Math.floor(performance.now() - this.since));
  }
}
