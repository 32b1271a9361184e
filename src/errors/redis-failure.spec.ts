import { describe, expect, it } from '@jest/globals';

import { redisFailure } from './redis-failure.js';

describe('failures of Redis', () => {
  it.each([
    ["OOM command not allowed when used memory > 'maxmemory'.", 'storage-full'],
    ['LOADING Redis is loading the dataset in memory', 'storage-unavailable'],
    // Commands of a pipeline that was answered in part.
    ['Command aborted due to connection close', 'storage-unavailable'],
    ['WRONGTYPE Operation against a key', undefined],
  ])('%s: %s', (message, code) => {
    expect(redisFailure(new Error(message))?.code).toBe(code);
  });

  it('a transaction that was not run tells why by its first refused command', () => {
    const aborted = Object.assign(new Error('EXECABORT Transaction discarded'), {
      previousErrors: [new Error("OOM command not allowed when used memory > 'maxmemory'.")],
    });
    expect(redisFailure(aborted)?.code).toBe('storage-full');
  });
});
