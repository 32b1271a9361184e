// Plain ESM JavaScript: jest loads global hooks with Node's own loader, outside its transforms.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

function ping(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(500, () => socket.destroy());
    socket.on('data', (d) => {
      resolve(d.toString().startsWith('+PONG'));
      socket.destroy();
    });
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(false));
  });
}

const GUARD = `
trap '' INT TERM HUP
command -v "$1" >/dev/null || { echo "$1 not found: apt install redis-server" >&2; rm -rf "$0"; exit 127; }
"$@" </dev/null >/dev/null 2>&1 &
cat >/dev/null
kill $! 2>/dev/null
wait
rm -rf "$0"`;

export default async function globalSetup() {
  // Worker threads and the spawned processes need the build (incremental: fast when nothing changed).
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
    stdio: 'inherit',
  });

  const binary =
    process.env.REDIS_SERVER ??
    ['/usr/bin/redis-server', '/usr/local/bin/redis-server', '/opt/homebrew/bin/redis-server'].find(
      existsSync,
    ) ??
    'redis-server';
  for (let attempt = 0; attempt < 3; attempt++) {
    const port = await freePort();
    const dir = mkdtempSync(join(tmpdir(), 'jest-redis-')); // the guard removes it
    const args = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      dir,
      '--save',
      '',
      '--appendonly',
      'no',
    ];
    // The shell waits on a pipe from this process: when jest ends, however it ends, Redis goes too.
    const guard = spawn('/bin/sh', ['-c', GUARD, dir, binary, ...args], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    let dead;
    guard.on('error', (e) => (dead = e));
    guard.on('exit', (code) => (dead ??= new Error(`redis-server (${binary}) ended with ${code}`)));
    for (let i = 0; i < 100 && dead === undefined; i++) {
      if (await ping(port)) {
        globalThis.__REDIS__ = guard;
        process.env.TEST_REDIS_PORT = String(port); // inherited by the jest workers
        return;
      }
      await sleep(20);
    }
    guard.stdin.end();
  }
  throw new Error('redis-server did not start');
}
