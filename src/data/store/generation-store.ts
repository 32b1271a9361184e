import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';

import type { Redis } from 'ioredis';

import { Problem } from '../../errors/problem.js';
import type { Keys } from '../../redis/keys.js';

/** A little under 8 MiB: with Redis' own overhead a chunk still fits an 8 MiB allocation. */
const CHUNK_BYTES = 8 * 2 ** 20 - 4096;
/** Chunks of an upload that never gets published go by themselves. */
const UNPUBLISHED_SECONDS = 3_600;
/** Part of Redis' free memory that an upload may take. */
const USABLE = 0.8;

export interface StoredGeneration {
  readonly id: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Generation files in Redis, in chunks. */
export class GenerationStore {
  constructor(
    private readonly redis: Redis,
    private readonly keys: Keys,
  ) {}

  /**
   * Stores a file. Nothing refers to it until it is published; otherwise it goes after `seconds`.
   * @throws Problem `storage-full`
   */
  async upload(
    name: string,
    file: string,
    seconds = UNPUBLISHED_SECONDS,
  ): Promise<StoredGeneration> {
    const id = randomUUID();
    const { size } = await stat(file);
    await this.checkRoom(size);
    const hash = createHash('sha256');
    let chunks = 0;
    let stored: Promise<unknown> = Promise.resolve();
    const source = createReadStream(file, { highWaterMark: Math.min(CHUNK_BYTES, size) || 1 });
    for await (const chunk of source as AsyncIterable<Buffer>) {
      await stored;
      stored = this.redis.set(this.keys.chunk(name, id, chunks++), chunk, 'EX', seconds);
      stored.catch(() => undefined); // thrown where it is awaited
      hash.update(chunk); // while Redis takes it
    }
    const sha256 = hash.digest('hex');
    const key = this.keys.generation(name, id);
    const known = this.redis
      .multi()
      .hset(key, { chunks, bytes: size, sha256 })
      .expire(key, seconds);
    await Promise.all([stored, known.exec()]);
    return { id, sha256, bytes: size };
  }

  /** What is known of a stored generation; null when it is gone. */
  async find(name: string, id: string): Promise<(StoredGeneration & { chunks: number }) | null> {
    const { sha256, bytes, chunks } = await this.redis.hgetall(this.keys.generation(name, id));
    if (sha256 === undefined) return null;
    return { id, sha256, bytes: Number(bytes), chunks: Number(chunks) };
  }

  /** Writes a stored generation to a file; false when a part of it is gone or its hash is wrong. */
  async download(
    name: string,
    generation: StoredGeneration & { chunks: number },
    file: string,
  ): Promise<boolean> {
    const hash = createHash('sha256');
    const handle = await open(file, 'wx');
    try {
      let coming = this.chunk(name, generation, 0);
      for (let index = 0; index < generation.chunks; index++) {
        const chunk = await coming;
        if (chunk === null) return false;
        coming = this.chunk(name, generation, index + 1); // while this one is hashed and written
        hash.update(chunk);
        // All of it, or an error: `write` may stop half-way on a full disk.
        await Promise.all([handle.writeFile(chunk), coming]);
      }
    } finally {
      await handle.close();
    }
    return hash.digest('hex') === generation.sha256;
  }

  /** A piece of a file; null where it is gone, or behind the last. */
  private async chunk(
    name: string,
    { id, chunks }: { id: string; chunks: number },
    index: number,
  ): Promise<Buffer | null> {
    return index < chunks ? this.redis.getBuffer(this.keys.chunk(name, id, index)) : null;
  }

  /** Removes a stored file that nothing refers to. */
  async remove(name: string, id: string): Promise<void> {
    const found = await this.find(name, id);
    const chunks = Array.from({ length: found?.chunks ?? 0 }, (_, index) =>
      this.keys.chunk(name, id, index),
    );
    await this.redis.unlink(this.keys.generation(name, id), ...chunks);
  }

  private async checkRoom(bytes: number): Promise<void> {
    const info = await this.redis.info('memory');
    const field = (name: string): number =>
      Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1]);
    const limit = field('maxmemory') || field('total_system_memory');
    const room = Math.floor((limit - field('used_memory')) * USABLE);
    if (!Number.isFinite(room) || bytes <= room) return;
    throw new Problem(
      'storage-full',
      `the dataset takes ${String(bytes)} bytes; Redis has room for ${String(Math.max(0, room))}`,
      { needed: bytes, available: Math.max(0, room) },
    );
  }
}
