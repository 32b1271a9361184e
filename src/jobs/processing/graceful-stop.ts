import { InjectQueue } from '@nestjs/bull';
import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Queue } from 'bull';

import { CONFIGURATION } from '../../config/config.module.js';
import type { Configuration } from '../../config/configuration.js';
import { within } from '../queue/deadline.js';
import { ANALYSES_QUEUE } from '../queue/queue-name.js';
import { RunningJobs } from './running-jobs.js';

const HAND_BACK_MS = 5_000;
const CLOSE_MS = 3_000;

/**
 * The end of a worker: it takes no more jobs, lets those that run finish within SHUTDOWN_GRACE, and hands the
 * rest back. Nest calls this before it closes anything.
 */
@Injectable()
export class GracefulStop implements BeforeApplicationShutdown {
  private readonly logger = new Logger(GracefulStop.name);

  constructor(
    @InjectQueue(ANALYSES_QUEUE) private readonly queue: Queue,
    private readonly running: RunningJobs,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  async beforeApplicationShutdown(): Promise<void> {
    this.logger.log(`stopping; ${String(this.running.count)} jobs run`);
    // While Redis is away Bull cannot wait for its jobs, and leaves a promise without a handler if it tries.
    // The runs are waited for all the same: Redis may come back.
    const away = this.queue.client.status !== 'ready';
    const idle = this.queue
      .pause(true, away)
      .catch(() => undefined)
      .then(() => this.running.idle());
    if ((await within(this.configuration.shutdownGrace, idle)) === 'late') {
      this.logger.warn(`handing back ${String(this.running.count)} jobs`);
      this.running.stopAll('shutdown');
      await within(HAND_BACK_MS, idle);
    }
    // Bull's own closing would wait without end for Redis, or for a job that does not stop. Whoever takes
    // such a job next sees that its run fell silent.
    await within(CLOSE_MS, this.queue.close(true)).catch(() => undefined);
  }
}
