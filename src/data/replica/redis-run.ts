import type { Redis } from 'ioredis';

/**
 * Which run of Redis the connection leads to. When it comes back to another one, Redis was restarted, perhaps
 * from an older snapshot: what this process has applied may never have happened there.
 */
export class RedisRun {
  private last: string | undefined;
  private current: string | undefined;

  constructor(private readonly redis: Redis) {}

  /** undefined while it is not known, as between losing the connection and asking again. */
  get id(): string | undefined {
    return this.current;
  }

  watch(onRestart: () => void, onError: (error: Error) => void): void {
    const check = (): void => {
      this.compare(onRestart).catch(onError);
    };
    this.redis.on('close', () => {
      this.current = undefined;
    });
    this.redis.on('ready', check);
    if (this.redis.status === 'ready') check();
  }

  private async compare(onRestart: () => void): Promise<void> {
    const run = /^run_id:(\w+)/m.exec(await this.redis.info('server'))?.[1];
    if (this.last !== undefined && run !== this.last) onRestart();
    this.last = run;
    this.current = run;
  }
}
