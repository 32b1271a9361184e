import { postRequest, requestRate } from '../measure/request-rate.mjs';
import { alternate } from '../measure/alternate.mjs';

const CONNECTIONS = 16;

/**
 * How many jobs a second are accepted over HTTP while no worker runs, beside a bare Nest route that writes one key
 * for each request. Both on one Redis that writes every change to the disk before it answers.
 */
export async function measureAcceptance({ options, system, redisUrl }, url) {
  const bare = await system.server('bare-post', 'bare/server.mjs', {
    BODY: '{}',
    REDIS_URL: redisUrl,
  });
  const rate = { seconds: options.seconds, connections: CONNECTIONS, expected: 202 };
  const job = postRequest('/jobs', '{"analysis":"noop"}');
  const key = postRequest('/keys', '{"analysis":"noop"}');
  const accepted = await alternate(
    {
      ours: () => requestRate(url, () => job, rate),
      bare: () => requestRate(bare, () => key, rate),
    },
    Math.min(options.repetitions, 3),
  );
  await system.stop('bare-post');
  return {
    what: `jobs accepted over HTTP, ${CONNECTIONS} connections`,
    ours: accepted.ours,
    against: 'a bare Nest route that writes one key',
    other: accepted.bare,
    unit: 'jobs/s',
    target: { atLeast: 0.4 },
  };
}
