import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';

import { JobIndex } from '../store/job-index.js';

const SWEEP_MS = 5_000;

/**
 * Gives a message to every open job of which Bull knows nothing: accepted while Bull did not answer, or run by
 * a worker that is gone together with its message. Workers take turns, but may sweep at the same time: a job
 * has one message at most, and the record decides whether it is run.
 */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Sweeper.name);
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly index: JobIndex) {}

  onApplicationBootstrap(): void {
    this.next();
  }

  beforeApplicationShutdown(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** @returns the jobs that got a message */
  async sweep(silent?: number): Promise<string[]> {
    const swept: string[] = [];
    for await (const ids of this.index.adoptOrphans(silent)) {
      for (const id of ids) this.logger.warn('had no message in the queue, got one', { job: id });
      swept.push(...ids);
    }
    return swept;
  }

  private next(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      // While Redis is away there is nothing to sweep; the connection says so in the log.
      void this.index
        .takesSweep(SWEEP_MS / 2)
        .then((mine) => (mine ? this.sweep() : []))
        .catch(() => undefined)
        .then(() => {
          this.next();
        });
    }, SWEEP_MS);
  }
}
