import { setTimeout as sleep } from 'node:timers/promises';

import { Injectable, Logger } from '@nestjs/common';

import { QueuesService } from './queues.service.js';

const LOOK_AGAIN_MS = 250;
const SAY_AGAIN_MS = 30_000;
const PATIENCE_MS = 30_000;

/** Waits for the queues to become empty: for a worker that is to work them off and end. */
@Injectable()
export class DrainedWatch {
  private readonly logger = new Logger(DrainedWatch.name);

  constructor(private readonly queues: QueuesService) {}

  /**
   * Resolves when no job or article is open any more, delayed ones and those of other workers included.
   * @param patience milliseconds for which Redis may be away
   * @throws Error where it was away for longer, so that nobody knows what is left
   */
  async empty(patience = PATIENCE_MS): Promise<void> {
    let said = -Infinity;
    let known = performance.now();
    for (;;) {
      // While Redis is away nobody knows; the connection says so in the log.
      const open = await this.open().catch(() => null);
      if (open === 0) return;
      if (open !== null) known = performance.now();
      if (performance.now() - known > patience) {
        throw new Error(
          `Redis was away for ${String(patience / 1000)} s: it is not known whether a job is left`,
        );
      }
      if (open !== null && performance.now() - said > SAY_AGAIN_MS) {
        this.logger.log(`jobs that are left: ${String(open)}`);
        said = performance.now();
      }
      await sleep(LOOK_AGAIN_MS);
    }
  }

  /** Jobs, and articles. An article that moves from one queue to the next is in both for a moment, never in none. */
  private async open(): Promise<number> {
    const [jobs, articles] = await Promise.all([
      this.queues.openJobs(),
      this.queues.openArticles(),
    ]);
    return jobs + articles;
  }
}
