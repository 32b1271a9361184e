import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';

import type { SqlValue } from '../../analyses/analysis.js';
import { Problem } from '../../errors/problem.js';
import type { Session } from '../engine/session.js';
import { quoteLiteral } from '../identifier.js';
import type { ExportSink } from './export-sink.js';

const PIECE_BYTES = 256 * 1024;

export interface FilePlan {
  /** Folder in which the engine may write. */
  readonly folder: string;
  /** Bytes that the file may take at most; that much must be free. */
  readonly room: number;
  readonly select: string;
  readonly options: string;
}

/**
 * Lets DuckDB write a file, which is then sent and removed.
 * @param begun called with the size of the file when it is complete
 * @throws Problem `storage-full`
 */
export async function writeFile(
  session: Session,
  from: string,
  values: readonly SqlValue[],
  { folder, room, select, options }: FilePlan,
  sink: ExportSink,
  begun: (bytes: number) => void,
): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < room) throw diskFull();
  const file = join(folder, `${randomUUID()}.export`);
  try {
    await session.execute(
      `COPY (SELECT ${select} FROM ${from}) TO ${quoteLiteral(file)} (${options})`,
      values,
    );
    begun((await stat(file)).size);
    const pieces = createReadStream(file, { highWaterMark: PIECE_BYTES });
    for await (const piece of pieces as AsyncIterable<Buffer>) await sink.write(piece);
    sink.end('');
  } finally {
    await rm(file, { force: true });
  }
}

const diskFull = (): Problem =>
  new Problem('storage-full', 'the disk of the service has no room for the file');
