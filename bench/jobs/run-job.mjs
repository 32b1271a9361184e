import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 4;
const DEADLINE_MS = 60_000;
const ENDED = ['complete', 'failed', 'cancelled'];

/**
 * Submits a job and waits for its end as a client would, by asking again and again.
 * @returns the milliseconds from the request to the answer that says `complete`, and where they went
 */
export async function runJob(client, request) {
  const begin = performance.now();
  const job = await client.json('/jobs', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'cache-control': 'no-cache' },
    body: JSON.stringify(request),
  });
  const accepted = performance.now() - begin;
  const ended = await endOf(client, job.id, begin + DEADLINE_MS);
  const total = performance.now() - begin;
  if (ended.status !== 'complete') throw new Error(`a job ended as ${ended.status}`);
  return { total, accepted, ...(await stagesOf(client, ended)) };
}

async function endOf(client, id, deadline) {
  while (performance.now() < deadline) {
    const job = await client.json(`/jobs/${id}`);
    if (ENDED.includes(job.status)) return job;
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error(`job ${id} did not end within ${DEADLINE_MS} ms`);
}

/** Waiting, reading and computing, from the times of the record and the lines of its log. */
async function stagesOf(client, { id, created, started, finished }) {
  const { lines } = await client.json(`/jobs/${id}/log`);
  const found = (pattern) =>
    lines.map(({ line }) => pattern.exec(line)?.[1]).find((match) => match !== undefined);
  const query = Number(found(/^read .* in (\d+) ms$/));
  const thread = Number(found(/^computed in (\d+) ms$/));
  const run = Date.parse(finished) - Date.parse(started);
  return {
    wait: Date.parse(started) - Date.parse(created),
    query,
    thread,
    keep: run - query - thread,
  };
}
