import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { environmentWith } from '../config/environment.js';
import { BackupFault } from './backup-fault.js';
import type { Dump } from './manifest.js';
import type { Server } from './servers.js';

const run = promisify(execFile);
const DEADLINE_MS = 1_800_000;

/**
 * Writes one consistent dump of a server, all its databases at one moment, as a replica would get it: nothing
 * waits for it. The password goes by the environment, where no list of processes shows it.
 * @throws BackupFault
 */
export async function dump(server: Server, folder: string, file: string): Promise<Dump> {
  const { url, databases } = server;
  const path = join(folder, file);
  const args = ['-h', url.hostname.replace(/^\[|\]$/g, ''), '-p', url.port || '6379'];
  if (url.username !== '') args.push('--user', decodeURIComponent(url.username));
  if (url.protocol === 'rediss:') args.push('--tls', '--sni', url.hostname);
  try {
    await run('redis-cli', [...args, '--rdb', path], {
      timeout: DEADLINE_MS,
      env: environmentWith(
        url.password === '' ? {} : { REDISCLI_AUTH: decodeURIComponent(url.password) },
      ),
    });
  } catch (error) {
    throw failure(error as NodeJS.ErrnoException & { stderr?: string }, url);
  }
  const { size } = await stat(path);
  return { file, bytes: size, sha256: await sha256Of(path), databases };
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}

function failure(error: NodeJS.ErrnoException & { stderr?: string }, url: URL): BackupFault {
  if (error.code === 'ENOENT') {
    return new BackupFault('redis-cli is not there; it comes with Redis');
  }
  const said = (error.stderr ?? '').trim().split('\n').at(-1) ?? '';
  return new BackupFault(`Redis at ${url.host} gave no dump: ${said}`);
}
