import { Piscina } from 'piscina';

import { threadFile } from '../../jobs/threads/thread-file.js';
import type { Entities } from './entity.js';

const MEMORY_MB = 512;
const IDLE_MS = 60_000;
const LONGEST_MS = 300_000;

/** Threads that find entities; they are started by the first article and end when there are none for a while. */
export class EntityThreads {
  private readonly pool: Piscina<string, Entities>;

  constructor(threads: number) {
    const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    this.pool = new Piscina({
      filename: threadFile(new URL(`./entities.thread.${ending}`, import.meta.url)),
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: IDLE_MS,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
  }

  find(text: string): Promise<Entities> {
    return this.pool.run(text, { signal: AbortSignal.timeout(LONGEST_MS) });
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }
}
