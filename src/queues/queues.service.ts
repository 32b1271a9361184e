import { InjectQueue } from '@nestjs/bull';
import { Inject, Injectable } from '@nestjs/common';
import type { Queue } from 'bull';

import { CONFIGURATION } from '../config/config.module.js';
import type { Configuration } from '../config/configuration.js';
import { Problem } from '../errors/problem.js';
import { within } from '../jobs/queue/deadline.js';
import { ANALYSES_QUEUE } from '../jobs/queue/queue-name.js';
import { moment } from '../jobs/views/moment.js';
import { RedisConnections } from '../redis/connections.js';
import { Keys } from '../redis/keys.js';
import { QueueGate } from './queue-gate.js';
import type { QueueView } from './queue.view.js';

const DEADLINE_MS = 2_000;
const AWAY = new Problem('storage-unavailable', 'Redis does not answer at the moment', {
  retryAfter: 2,
});

/** Looking at queues and steering them. There is one, for all jobs. */
@Injectable()
export class QueuesService {
  private readonly keys: Keys;

  constructor(
    @InjectQueue(ANALYSES_QUEUE) private readonly queue: Queue,
    private readonly gate: QueueGate,
    private readonly redis: RedisConnections,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {
    this.keys = new Keys(configuration.keyPrefix);
  }

  async all(): Promise<QueueView[]> {
    return [await this.find(ANALYSES_QUEUE)];
  }

  /** @throws Problem `unknown-queue` */
  async find(name: string): Promise<QueueView> {
    check(name);
    const [counts, paused, open, closing, completed, failed] = await Promise.all([
      this.prompt(() => this.queue.getJobCounts()),
      this.prompt(() => this.queue.isPaused()),
      this.openJobs(),
      this.gate.closing(name),
      this.ended('complete'),
      this.ended('failed'),
    ]);
    // Typed without it: what waits while the queue is paused.
    const {
      waiting,
      active,
      delayed,
      paused: held = 0,
    } = counts as typeof counts & { paused?: number };
    return {
      ...{ name, waiting: waiting + held, active, delayed, failed, completed, paused },
      writable: closing === null,
      drained: closing !== null && open === 0,
      closed: closing === null ? null : moment(closing.at),
      message: closing?.message ?? null,
      links: { self: `/queues/${name}`, jobs: '/jobs', board: '/queues/board' },
    };
  }

  async pause(name: string): Promise<QueueView> {
    check(name);
    await this.prompt(() => this.queue.pause());
    return this.find(name);
  }

  async resume(name: string): Promise<QueueView> {
    check(name);
    await this.prompt(() => this.queue.resume());
    return this.find(name);
  }

  async close(name: string, message: string | null): Promise<QueueView> {
    check(name);
    await this.gate.close(name, message);
    return this.find(name);
  }

  async open(name: string): Promise<QueueView> {
    check(name);
    await this.gate.open(name);
    return this.find(name);
  }

  /** Jobs that are not finished, by their records: whatever Bull believes. */
  async openJobs(): Promise<number> {
    return this.redis.queue.zcard(this.keys.openJobs());
  }

  /** Jobs that ended so, and whose records are kept. The list may know some that are not. */
  private async ended(status: 'complete' | 'failed'): Promise<number> {
    const since = (Date.now() - this.configuration.jobTtl) * 1_000;
    return this.redis.queue.zcount(this.keys.jobList('status', status), since, '+inf');
  }

  /** Bull waits without end while Redis is away; a caller gets 503 instead. */
  private async prompt<T>(ask: () => Promise<T>): Promise<T> {
    if (this.queue.client.status !== 'ready') throw AWAY;
    const answer = await within(DEADLINE_MS, ask());
    if (answer === 'late') throw AWAY;
    return answer;
  }
}

function check(name: string): void {
  if (name === ANALYSES_QUEUE) return;
  throw new Problem('unknown-queue', `there is no queue ${JSON.stringify(name.slice(0, 100))}`, {
    near: [ANALYSES_QUEUE],
  });
}
