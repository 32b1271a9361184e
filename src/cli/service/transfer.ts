import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { TaskFault } from '../usage-fault.js';
import { isWriteError, writeFault } from '../write-fault.js';
import { Progress } from './progress.js';
import type { ServiceClient } from './service-client.js';

export interface Loaded {
  readonly name: string;
  readonly rows: number;
  readonly version: string;
  readonly report: { readonly format: string; readonly refused: number; readonly seconds: number };
}

/**
 * Sends a file (or standard input) as a dataset.
 * @param query parameters of the load
 */
export async function sendFile(
  client: ServiceClient,
  name: string,
  file: string | undefined,
  query: URLSearchParams,
): Promise<Loaded> {
  const bytes = file === undefined ? null : await sizeOf(file);
  const source = file === undefined ? process.stdin : createReadStream(file);
  const progress = new Progress(`sending ${file ?? 'standard input'}`);
  try {
    return await client.json<Loaded>(`/datasets/${encodeURIComponent(name)}?${query.toString()}`, {
      method: 'PUT',
      headers: bytes === null ? {} : { 'content-length': String(bytes) },
      body: counted(source, (sent) => {
        const detail = sent === bytes ? 'sent; loading' : '';
        progress.show(bytes === null ? null : sent / Math.max(1, bytes), detail);
      }),
    });
  } finally {
    progress.end();
  }
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => null);
  if (found?.isFile() === true) return found.size;
  throw new TaskFault(`${file} cannot be read: there is no such file`);
}

/** Writes an export to a file, which appears once it is complete, or to standard output. */
export async function receiveFile(
  client: ServiceClient,
  path: string,
  file: string | undefined,
): Promise<void> {
  const response = await client.ask(path, { headers: { accept: '*/*' } });
  const part = file === undefined ? undefined : `${file}.part`;
  const progress = new Progress('receiving');
  const counting = counted(response, (bytes) => {
    progress.show(null, `${(bytes / 2 ** 20).toFixed(1)} MB`);
  });
  try {
    if (part === undefined || file === undefined) {
      await pipeline(counting, process.stdout, { end: false });
      return;
    }
    await pipeline(counting, createWriteStream(part));
    await rename(part, file);
  } catch (error) {
    if (part !== undefined) await rm(part, { force: true });
    if (file !== undefined && isWriteError(error)) writeFault(file)(error);
    throw new TaskFault(`the export broke off: ${(error as Error).message}`);
  } finally {
    response.destroy(); // what nobody takes would keep the connection, and this process, for a minute
    progress.end();
  }
}

function counted(source: Readable, report: (bytes: number) => void): Readable {
  let bytes = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      report(bytes);
      done(null, chunk);
    },
  });
  source.on('error', (error) => counting.destroy(error));
  return source.pipe(counting);
}
