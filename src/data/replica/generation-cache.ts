import { createHash, randomUUID } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { Problem } from '../../errors/problem.js';
import type { GenerationStore, StoredGeneration } from '../store/generation-store.js';

const READ_BYTES = 2 ** 20;

type Downloadable = StoredGeneration & { readonly chunks: number };

/**
 * Generation files on the disk of this machine. `generations/` holds them as they were downloaded,
 * named by their hash, shared by the processes of the machine and never opened for writing. `private/`
 * has one folder a process: its own copies, to which it applies edits; it goes with the process.
 */
export class GenerationCache {
  private readonly shared: string;
  private readonly processes: string;
  /** Folder of this process: private copies, and the spool of uploads. */
  readonly folder: string;

  constructor(
    dataDir: string,
    private readonly limitBytes: number,
  ) {
    const root = resolve(dataDir);
    this.shared = join(root, 'generations');
    this.processes = join(root, 'private');
    const name = `${hostname()}+${String(process.pid)}+${randomUUID().slice(0, 8)}`;
    this.folder = join(this.processes, name);
  }

  /** Makes the folders, and removes those which ended processes of this machine left behind. */
  async open(): Promise<void> {
    await mkdir(this.shared, { recursive: true });
    await mkdir(this.folder, { recursive: true });
    for (const name of await readdir(this.processes)) {
      const [host, pid] = name.split('+');
      if (host !== hostname() || isAlive(Number(pid))) continue;
      await rm(join(this.processes, name), { recursive: true, force: true });
    }
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A file of this process that does not exist yet. */
  newFile(suffix: string): string {
    return join(this.folder, `${randomUUID()}${suffix}`);
  }

  /** A new, empty folder of this process. */
  async newFolder(suffix: string): Promise<string> {
    const folder = this.newFile(suffix);
    await mkdir(folder);
    return folder;
  }

  /** Keeps a file which this process has made and uploaded, so that it need not be downloaded. */
  async adopt(file: string, sha256: string): Promise<void> {
    await rename(file, this.sharedFile(sha256));
  }

  /**
   * A private copy of a stored generation; null where the generation is gone. Where the disk is full, what can
   * be downloaded again makes room.
   * @throws Problem `storage-full` where that is not enough
   */
  async copy(store: GenerationStore, dataset: string, id: string): Promise<string | null> {
    const generation = await store.find(dataset, id);
    if (generation === null) return null;
    try {
      return await this.fetch(store, dataset, generation);
    } catch (error) {
      if (!isDiskFull(error)) throw error;
    }
    await this.prune(generation.sha256, 0);
    try {
      return await this.fetch(store, dataset, generation);
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      throw new Problem('storage-full', 'the disk for the cache of datasets is full');
    }
  }

  private async fetch(
    store: GenerationStore,
    dataset: string,
    generation: Downloadable,
  ): Promise<string | null> {
    const shared = this.sharedFile(generation.sha256);
    let checked = false;
    for (let attempt = 0; attempt < 3; attempt++) {
      if (checked || (await isIntact(shared, generation))) {
        checked = false;
        const own = this.newFile('.duckdb');
        if (await copied(shared, own)) return own;
        continue; // another process has just removed it to make room
      }
      const part = this.newFile('.part');
      try {
        const whole = await store.download(dataset, generation, part);
        checked = whole; // while it was downloaded
        if (whole) await rename(part, shared);
        else if ((await store.find(dataset, generation.id)) === null) return null;
      } finally {
        await rm(part, { force: true });
      }
      await this.prune(generation.sha256, this.limitBytes);
    }
    throw new Problem(
      'storage-unavailable',
      `the data of "${dataset}" could not be fetched whole`,
      { retryAfter: 2 },
    );
  }

  private sharedFile(sha256: string): string {
    return join(this.shared, `${sha256}.duckdb`);
  }

  /** Removes shared files but one, least recently used first, until the rest is within the limit. */
  private async prune(keep: string, limitBytes: number): Promise<void> {
    const names = (await readdir(this.shared)).filter((name) => !name.startsWith(keep));
    const files = await Promise.all(
      names.map(async (name) => {
        const file = join(this.shared, name);
        const found = await stat(file).catch(() => null);
        return { file, bytes: found?.size ?? 0, used: found?.mtimeMs ?? 0 };
      }),
    );
    let total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { file, bytes } of files.sort((a, b) => a.used - b.used)) {
      if (total <= limitBytes) return;
      await rm(file, { force: true });
      total -= bytes;
    }
  }
}

/** Whether the file is what was stored, to the last bit: it may be damaged without having changed in size. */
async function isIntact(file: string, { bytes, sha256 }: Downloadable): Promise<boolean> {
  const found = await stat(file).catch(() => null);
  if (found === null) return false;
  if (found.size === bytes && (await hashOf(file)) === sha256) return true;
  await rm(file, { force: true });
  return false;
}

/** null where the file is gone, or cannot be read any more. */
async function hashOf(file: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file, { highWaterMark: READ_BYTES }), hash);
    return hash.digest('hex');
  } catch {
    return null;
  }
}

async function copied(from: string, to: string): Promise<boolean> {
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE);
    const now = new Date();
    await utimes(from, now, now);
    return true;
  } catch (error) {
    await rm(to, { force: true });
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

const isDiskFull = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
