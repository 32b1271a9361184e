import { Injectable } from '@nestjs/common';

import { Problem } from '../../errors/problem.js';
import { QueuesService } from '../../queues/queues.service.js';

/** What articles that were sent, and not yet saved, have to do with an answer that finds nothing. */
@Injectable()
export class WaitingArticles {
  constructor(private readonly queues: QueuesService) {}

  /**
   * The same answer. Where there is none because no article, or not this one, is saved, and some wait, it says so.
   * @throws Problem whatever the answer throws
   */
  async explain<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const { code, detail, extras } = error;
      if (code !== 'unknown-dataset' && code !== 'unknown-record') throw error;
      const waiting = await this.queues.openArticles();
      if (waiting === 0) throw error;
      const told = waiting === 1 ? '1 article is' : `${String(waiting)} articles are`;
      const what = code === 'unknown-dataset' ? 'no article is saved yet' : detail;
      throw new Problem(
        code,
        `${what}: ${told} in the queue, from which workers read; GET /queues/articles tells how they get on`,
        extras,
      );
    }
  }
}
