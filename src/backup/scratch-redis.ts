import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, link, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { Redis } from 'ioredis';
import { BackupFault } from './backup-fault.js';

const LOAD_DEADLINE_MS = 600_000;

/**
 * A Redis server of its own that has read one dump: to look at a backup, and to restore from it. It listens on
 * a socket in its folder only, writes nothing to disk, and ends with `end`.
 */
export class ScratchRedis {
  private constructor(
    readonly socket: string,
    private readonly folder: string,
    private readonly child: ReturnType<typeof spawn>,
  ) {}

  /**
   * @param dump file that `redis-cli --rdb` wrote
   * @param near folder in which the dump is linked or copied; on the same disk no copy is needed
   * @throws BackupFault where Redis cannot read it
   */
  static async of(dump: string, near: string, binary = 'redis-server'): Promise<ScratchRedis> {
    await mkdir(near, { recursive: true });
    const folder = await mkdtemp(join(near, 'scratch-'));
    // A path of a socket has about 100 characters at most, which a data folder can exceed.
    const run = await mkdtemp(join(tmpdir(), 'almanac-'));
    const file = join(folder, 'dump.rdb');
    await link(dump, file).catch(() => copyFile(dump, file));
    const socket = join(run, 'redis.sock');
    const child = spawn(binary, options(folder, socket), { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const output of [child.stdout, child.stderr]) {
      output.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)));
    }
    const failed = once(child, 'error').then(([error]) => {
      throw new BackupFault(`${binary} cannot be started: ${String(error)}`);
    });
    failed.catch(() => undefined);
    const scratch = new ScratchRedis(socket, folder, child);
    try {
      await Promise.race([scratch.ready(() => lastWords(said)), failed]);
      return scratch;
    } catch (error) {
      await scratch.end();
      throw error;
    }
  }

  async end(): Promise<void> {
    if (
      this.child.pid !== undefined &&
      this.child.exitCode === null &&
      this.child.signalCode === null
    ) {
      const exit = once(this.child, 'exit');
      this.child.kill('SIGKILL'); // it has nothing to save
      await exit;
    }
    await rm(this.folder, { recursive: true, force: true });
    await rm(join(this.socket, '..'), { recursive: true, force: true });
  }

  private async ready(lastWords: () => string): Promise<void> {
    const end = Date.now() + LOAD_DEADLINE_MS;
    while (Date.now() < end) {
      if (this.child.exitCode !== null || this.child.signalCode !== null) {
        throw new BackupFault(`Redis cannot read the dump: ${lastWords()}`);
      }
      if (await answers(this.socket)) return;
      await sleep(50);
    }
    throw new BackupFault('Redis did not read the dump in time');
  }
}

const options = (folder: string, socket: string): string[] => [
  ...['--port', '0', '--unixsocket', socket, '--unixsocketperm', '700', '--dir', folder],
  ...['--dbfilename', 'dump.rdb', '--save', '', '--appendonly', 'no', '--maxmemory', '0'],
  ...['--daemonize', 'no', '--rdbchecksum', 'yes'],
];

/** False while it is starting or loading. */
async function answers(path: string): Promise<boolean> {
  const redis = new Redis({
    path,
    lazyConnect: true,
    enableReadyCheck: false,
    retryStrategy: () => null,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await redis.ping();
    return true;
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
}

/** What Redis said last, without its stamps. */
const lastWords = (said: string): string =>
  said
    .trim()
    .split('\n')
    .slice(-3)
    .map((line) => line.replace(/^\d+:\w \d+ \w+ \d{4} [\d:.]+ [.\-*#] /, ''))
    .join('; ');
