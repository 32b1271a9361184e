import { getQueueToken } from '@nestjs/bull';
import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { JobCounts, Queue } from 'bull';

import { CONFIGURATION } from '../config/config.module.js';
import type { Configuration } from '../config/configuration.js';
import { nearNames } from '../errors/near.js';
import { Problem } from '../errors/problem.js';
import { prompt } from '../jobs/queue/prompt.js';
import { ANALYSES_QUEUE, QUEUES } from '../jobs/queue/queue-name.js';
import { moment } from '../jobs/views/moment.js';
import { RedisConnections } from '../redis/connections.js';
import { Keys } from '../redis/keys.js';
import { QueueGate } from './queue-gate.js';
import type { QueueView } from './queue.view.js';

const DEADLINE_MS = 2_000;

/** Looking at queues and steering them: that of all jobs, and those of the articles. */
@Injectable()
export class QueuesService {
  private readonly keys: Keys;

  constructor(
    private readonly modules: ModuleRef,
    private readonly gate: QueueGate,
    private readonly redis: RedisConnections,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {
    this.keys = new Keys(configuration.keyPrefix);
  }

  async all(): Promise<QueueView[]> {
    return Promise.all(QUEUES.map((name) => this.find(name)));
  }

  /** @throws Problem `unknown-queue` */
  async find(name: string): Promise<QueueView> {
    const queue = this.queue(name);
    const [counts, paused, closing, completed, failed] = await Promise.all([
      prompt(queue, DEADLINE_MS, () => queue.getJobCounts()),
      prompt(queue, DEADLINE_MS, () => queue.isPaused()),
      this.gate.closing(name),
      name === ANALYSES_QUEUE ? this.ended('complete') : null,
      name === ANALYSES_QUEUE ? this.ended('failed') : null,
    ]);
    const waiting = waitingOf(counts);
    const { active, delayed } = counts;
    const open = name === ANALYSES_QUEUE ? await this.openJobs() : waiting + active + delayed;
    return {
      ...{ name, waiting, active, delayed, paused },
      failed: failed ?? counts.failed,
      completed: completed ?? counts.completed,
      writable: closing === null,
      drained: closing !== null && open === 0,
      closed: closing === null ? null : moment(closing.at),
      message: closing?.message ?? null,
      links: { self: `/queues/${name}`, jobs: '/jobs', board: '/queues/board' },
    };
  }

  async pause(name: string): Promise<QueueView> {
    const queue = this.queue(name);
    await prompt(queue, DEADLINE_MS, () => queue.pause());
    return this.find(name);
  }

  async resume(name: string): Promise<QueueView> {
    const queue = this.queue(name);
    await prompt(queue, DEADLINE_MS, () => queue.resume());
    return this.find(name);
  }

  async close(name: string, message: string | null): Promise<QueueView> {
    this.queue(name);
    await this.gate.close(name, message);
    return this.find(name);
  }

  async open(name: string): Promise<QueueView> {
    this.queue(name);
    await this.gate.open(name);
    return this.find(name);
  }

  /** Jobs that are not finished, by their records: whatever Bull believes. */
  async openJobs(): Promise<number> {
    return this.redis.queue.zcard(this.keys.openJobs());
  }

  /** Articles that wait for a worker, or to be saved. */
  async openArticles(): Promise<number> {
    const counts = await Promise.all(
      QUEUES.filter((name) => name !== ANALYSES_QUEUE).map(async (name) => {
        const queue = this.queue(name);
        const found = await prompt(queue, DEADLINE_MS, () => queue.getJobCounts());
        return waitingOf(found) + found.active + found.delayed;
      }),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** Jobs that ended so, and whose records are kept. The list may know some that are not. */
  private async ended(status: 'complete' | 'failed'): Promise<number> {
    const since = (Date.now() - this.configuration.jobTtl) * 1_000;
    return this.redis.queue.zcount(this.keys.jobList('status', status), since, '+inf');
  }

  /** @throws Problem `unknown-queue` */
  private queue(name: string): Queue {
    if (QUEUES.some((known) => known === name)) {
      return this.modules.get<Queue>(getQueueToken(name), { strict: false });
    }
    const unknown = JSON.stringify(name.slice(0, 100));
    throw new Problem(
      'unknown-queue',
      `there is no queue ${unknown}; there are ${QUEUES.join(', ')}`,
      { near: nearNames(name, QUEUES) },
    );
  }
}

/** With what waits while the queue is paused, which the types of Bull do not know. */
const waitingOf = (counts: JobCounts & { readonly paused?: number }): number =>
  counts.waiting + (counts.paused ?? 0);
