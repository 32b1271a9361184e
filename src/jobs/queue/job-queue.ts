import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';

import type { ScriptConnection } from '../../redis/script.js';
import type { StartAnswer } from '../store/run-store.js';
import { within } from './deadline.js';
import { ANALYSES_QUEUE } from './queue-name.js';

/** What Bull carries: the id of a job. Everything else is in the record. */
export interface JobMessage {
  readonly id: string;
  /** What became of the record when a worker got the message; see take.lua. */
  readonly start?: StartAnswer;
}

const DEADLINE_MS = 2_000;

/** Messages in Bull's queue. Bull waits without end while Redis is away; here every call has a deadline. */
@Injectable()
export class JobQueue {
  constructor(@InjectQueue(ANALYSES_QUEUE) private readonly queue: Queue<JobMessage>) {}

  /** The connection on which Bull tells that it is done with a message; it waits while Redis is away. */
  get connection(): ScriptConnection {
    return this.queue.client;
  }

  /** Takes the message of a job out of the queue; one that a worker holds stays. */
  async remove(id: string): Promise<void> {
    const removing = this.queue.getJob(id).then(async (message) => message?.remove());
    // A message that stays does no harm: the worker that gets it sees that the job is finished.
    await within(DEADLINE_MS, removing).catch(() => undefined);
  }
}
