import { describe, expect, it } from '@jest/globals';

import { OutageLog } from './outage-log.js';

const ADDRESS = '127.0.0.1:6999';
const refused = new Error('connect ECONNREFUSED 127.0.0.1:6999');

describe('an outage of Redis', () => {
  it('is told once for all connections, again after half a minute, and at its end', () => {
    const said: string[] = [];
    let now = 0;
    const log = new OutageLog(
      (line) => said.push(line),
      (line) => said.push(line),
      () => now,
    );
    for (; now < 45_000; now += 1_000) {
      for (const name of ['data', 'queue']) log.failed(ADDRESS, name, refused);
    }
    log.ready(ADDRESS, 'data');
    expect(said).toEqual([
      'Redis at 127.0.0.1:6999 cannot be reached: connect ECONNREFUSED 127.0.0.1:6999; start it, or say with REDIS_URL (or REDIS_HOST and REDIS_PORT) where it is; trying again every second',
      expect.stringContaining('cannot be reached for 30 s now: '),
    ]);
    log.ready(ADDRESS, 'queue');
    expect(said.slice(2)).toEqual(['Redis at 127.0.0.1:6999 is there again after 45 s']);
    log.ready(ADDRESS, 'queue');
    log.failed(ADDRESS, 'queue', refused);
    expect(said).toHaveLength(4);
  });

  it('names the password where that is at fault', () => {
    const said: string[] = [];
    const log = new OutageLog(
      (line) => said.push(line),
      () => undefined,
    );
    log.failed(ADDRESS, 'data', new Error('NOAUTH HELLO must be called with …'));
    expect(said).toEqual([
      'Redis at 127.0.0.1:6999 refuses the connection: it wants a user or a password (NOAUTH); REDIS_URL takes them, as redis://user:password@host:6379; trying again every second',
    ]);
  });
});
