import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

import { diskFull } from '../../errors/disk-full.js';
import { Problem } from '../../errors/problem.js';
import { Utf8Watch } from './encoding/utf8-watch.js';

export interface SpoolLimits {
  /** Bytes as sent. */
  readonly sent: number;
  /** Bytes after decompression. */
  readonly expanded: number;
}

/** Larger than by default: each piece is a round through the threads of Node. */
const PIECE_BYTES = 256 * 1024;

type Bytes = AsyncIterable<Buffer>;

/** A file on the disk of this process, decompressed. */
export interface Spooled {
  readonly file: string;
  /** Whether it is UTF-8 without NUL, so that it can be read as it is. */
  readonly plainText: boolean;
}

/**
 * Writes an upload to disk as it arrives, decompressing gzip on the way, and removes the file again if
 * the upload does not end well.
 * @throws Problem `payload-too-large`, `unreadable-file`, `storage-full`
 */
export async function spool(input: Readable, file: string, limits: SpoolLimits): Promise<Spooled> {
  const watch = new Utf8Watch();
  try {
    await pipeline(
      input,
      atMost(limits.sent, 'as sent'),
      expand,
      atMost(limits.expanded, 'after decompression', (chunk) => {
        watch.take(chunk);
      }),
      createWriteStream(file, { highWaterMark: 4 * PIECE_BYTES }),
    );
    return { file, plainText: watch.isPlainText };
  } catch (error) {
    await rm(file, { force: true });
    throw asProblem(error);
  }
}

const atMost = (limit: number, when: string, see?: (chunk: Buffer) => void) =>
  async function* (source: Bytes): Bytes {
    let bytes = 0;
    for await (const chunk of source) {
      bytes += chunk.length;
      if (bytes > limit) {
        throw new Problem(
          'payload-too-large',
          `the body is larger than ${String(limit)} bytes ${when}`,
        );
      }
      see?.(chunk);
      yield chunk;
    }
  };

/** Gunzips what starts like gzip; anything else passes as it is. */
async function* expand(source: Bytes): Bytes {
  const chunks = source[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await chunks.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  const whole = (async function* () {
    yield head;
    yield* { [Symbol.asyncIterator]: () => chunks };
  })();
  if (head[0] !== 0x1f || head[1] !== 0x8b) {
    yield* whole;
    return;
  }
  const gunzip = createGunzip({ chunkSize: PIECE_BYTES });
  const fed = pipeline(whole, gunzip);
  fed.catch(() => undefined); // the same error comes out of `gunzip`
  yield* gunzip as Bytes;
  await fed;
}

function asProblem(error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC') return diskFull();
  if (code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET') {
    return new Problem('invalid-body', 'the upload ended before it was complete');
  }
  if (code === 'Z_DATA_ERROR' || code === 'Z_BUF_ERROR') {
    return new Problem('unreadable-file', `the gzip data is damaged: ${message}`);
  }
  return error;
}
