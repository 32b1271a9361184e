import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import { Counter, Gauge, Registry } from 'prom-client';

import { QueuesService } from './queues.service.js';

/** What Prometheus is told of the queues: how much waits in each, and what this process made of their messages. */
@Injectable()
export class QueueMetrics {
  readonly registry = new Registry();
  private readonly handled = new Counter({
    name: 'almanac_queue_messages_total',
    help: 'Messages of the queues of articles that this worker is done with; failed ones are tried again.',
    labelNames: ['queue', 'outcome'],
    registers: [this.registry],
  });

  constructor(queues: QueuesService) {
    new Gauge({
      name: 'almanac_queue_jobs',
      help: 'What is in each queue by state, of all workers; absent while Redis is away.',
      labelNames: ['queue', 'state'],
      registers: [this.registry],
      async collect() {
        const views = await queues.all().catch(() => []);
        this.reset();
        for (const { name: queue, waiting, active, delayed } of views) {
          this.set({ queue, state: 'waiting' }, waiting);
          this.set({ queue, state: 'active' }, active);
          this.set({ queue, state: 'delayed' }, delayed);
        }
      },
    });
  }

  /** Counts what becomes of the messages of a queue that this process works on. */
  watch(queue: Queue): void {
    for (const [event, outcome] of [
      ['completed', 'done'],
      ['failed', 'failed'],
    ] as const) {
      this.handled.inc({ queue: queue.name, outcome }, 0);
      queue.on(event, () => {
        this.handled.inc({ queue: queue.name, outcome });
      });
    }
  }
}
