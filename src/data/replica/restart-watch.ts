import type { Redis } from 'ioredis';

/**
 * Calls back when the connection comes back to another run of Redis: one that was restarted, perhaps
 * from an older snapshot, so that what this process has applied may never have happened there.
 */
export function watchRestarts(
  redis: Redis,
  onRestart: () => void,
  onError: (error: Error) => void,
): void {
  let known: string | undefined;
  const compare = async (): Promise<void> => {
    const run = /^run_id:(\w+)/m.exec(await redis.info('server'))?.[1];
    if (known !== undefined && run !== known) onRestart();
    known = run;
  };
  const check = (): void => {
    compare().catch(onError);
  };
  redis.on('ready', check);
  if (redis.status === 'ready') check();
}
