import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort, GuardedProcess } from './guarded-process.js';
import { until } from './until.js';

/**
 * A Redis of its own, for tests that kill or restart it: append-only, every write synced, as the launcher
 * starts it. Port and folder stay the same over restarts. Others share the one of the run (TEST_REDIS_URL).
 */
export class RedisServer {
  private process: GuardedProcess | undefined;

  private constructor(
    readonly port: number,
    readonly folder: string,
    private readonly extra: readonly string[],
  ) {}

  /** @param extra further arguments of redis-server, such as `--maxmemory 20mb` as two items */
  static async create(...extra: readonly string[]): Promise<RedisServer> {
    const folder = mkdtempSync(join(tmpdir(), 'almanac-redis-'));
    const server = new RedisServer(await freePort(), folder, extra);
    await server.start();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${String(this.port)}`;
  }

  /** Starts it, again after `stop` or `kill`; resolves when it answers and has read its data. */
  async start(): Promise<void> {
    if (this.process?.exit === undefined && this.process !== undefined) return;
    const started = new GuardedProcess(
      process.env['TEST_REDIS_BINARY'] ?? 'redis-server',
      this.arguments(),
    );
    this.process = started;
    await until(
      async () => {
        if (started.exit !== undefined) throw new Error(started.output);
        return pong(this.port);
      },
      { what: `Redis on port ${String(this.port)}`, deadline: 15_000 },
    );
  }

  /** A clean end (SIGTERM). */
  async stop(): Promise<void> {
    await this.process?.stop();
  }

  /** An unclean end (SIGKILL). */
  async kill(): Promise<void> {
    await this.process?.kill();
  }

  /** Ends it and removes its folder; for afterAll. */
  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private arguments(): string[] {
    return [
      ...['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder, '--save', ''],
      ...['--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction'],
      ...this.extra,
    ];
  }
}

function pong(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(1000, () => socket.destroy());
    socket.on('data', (data) => {
      resolve(data.toString().startsWith('+PONG'));
      socket.destroy();
    });
    socket.on('error', () => {
      resolve(false);
    });
    socket.on('close', () => {
      resolve(false);
    });
  });
}
