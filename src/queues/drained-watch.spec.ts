import { Logger } from '@nestjs/common';
import { afterEach, describe, expect, it, jest } from '@jest/globals';

import { DrainedWatch } from './drained-watch.js';
import type { QueuesService } from './queues.service.js';

/** A watch of queues that answer one after the other: a number of open jobs, or null while Redis is away. */
function watch(...answers: (number | null)[]): DrainedWatch {
  const queues = {
    openJobs: () => {
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      return answer === null ? Promise.reject(new Error('away')) : Promise.resolve(answer);
    },
    openArticles: () => Promise.resolve(0),
  };
  return new DrainedWatch(queues as unknown as QueuesService);
}

describe('the wait for empty queues', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('ends when no job is open, and survives that Redis is away for a moment', async () => {
    const log = jest.spyOn(Logger.prototype, 'log').mockReturnValue(undefined);
    jest.spyOn(performance, 'now').mockReturnValue(5_000); // as in a process that has just started
    await watch(2, null, 1, null, 0).empty(20_000);
    expect(log.mock.calls).toEqual([['jobs that are left: 2']]);
  });

  it('gives up where Redis is away for longer than it may be', async () => {
    await expect(watch(2, null).empty(300)).rejects.toThrow(
      'Redis was away for 0.3 s: it is not known whether a job is left',
    );
  });
});
