// make test-deploy: the compose file on a real engine, as somebody would run it, and then worse. Each step says what
// it saw; the first that fails ends the run. It uses a project and volumes of its own and removes them at the end.
import { setTimeout as sleep } from 'node:timers/promises';

import { Compose, docker, state } from './docker.mjs';
import { Client, until } from './http.mjs';
import { startLoad } from './load.mjs';

const PORT = process.env.PROXY_PORT || '18080';
const env = {
  ALMANAC_VERSION: process.env.ALMANAC_VERSION || 'dev',
  PROXY_PORT: PORT,
  PORT: process.env.API_PORTS || '13000-13009',
  BACKUP_EVERY: '1h',
};
const compose = new Compose(`almanac-test-${process.pid}`, env);
const client = new Client(`http://127.0.0.1:${PORT}`);
const rows = Array.from({ length: 1000 }, (_, id) => `${id},${'abc'[id % 3]},${(id * 7) % 90}`);
let step = 0;

const up = () => compose.run('up', '-d', '--no-build', '--scale', 'api=2', '--scale', 'worker=3');
const ready = () =>
  until('readiness', async () =>
    (await client.ask('/health/ready')).status === 200 ? true : null,
  );

try {
  await say('comes up: Redis, two APIs, three workers, backups, a proxy', async () => {
    up();
    await ready();
    return `${compose.containers('api').length} APIs, ${compose.containers('worker').length} workers`;
  });
  await say('runs as a user without rights, on a read-only file system', () => {
    for (const service of ['api', 'worker', 'backup']) {
      const [container = ''] = compose.containers(service);
      const id = docker('exec', container, 'id', '-u');
      if (id === '0') throw new Error(`${service} runs as root`);
      const write = docker('exec', container, 'sh', '-c', 'touch /app/x 2>&1 || true');
      if (!/Read-only/.test(write)) throw new Error(`${service} can write to its image`);
    }
    return 'user 1000, /app cannot be written to';
  });
  await say('takes a table and draws it', async () => {
    const body = `id,v,n\n${rows.join('\n')}\n`;
    const put = await client.ask('/datasets/smoke', { method: 'PUT', body, type: 'text/csv' });
    if (put.status !== 201) throw new Error(`load: ${put.status} ${put.bytes}`);
    const id = await draw();
    const png = await client.ask(`/download/${id}`);
    if (png.bytes.readUInt32BE(0) !== 0x89504e47) throw new Error('no PNG came');
    return `1000 rows, a picture of ${png.bytes.length} bytes`;
  });
  await say('shares the load', async () => {
    for (let n = 0; n < 40; n++) await client.ask('/datasets/smoke/records?limit=1');
    const answered = compose.containers('api').filter((container) => pagesAnswered(container) > 0);
    if (answered.length < 2) throw new Error(`${answered.length} of 2 APIs answered`);
    const jobs = await Promise.all(Array.from({ length: 12 }, (_, n) => submitPlot(n)));
    for (const id of jobs) await complete(id);
    const workers = compose
      .containers('worker')
      .filter((one) => /complete/.test(docker('logs', one)));
    if (workers.length < 2) throw new Error(`${workers.length} of 3 workers worked`);
    return `2 APIs answered, ${workers.length} workers worked on 12 jobs`;
  });
  for (const service of ['api', 'worker', 'redis']) {
    await say(`recovers from SIGKILL of ${service}`, async () => {
      const [container = ''] = compose.containers(service);
      process.kill(state(container).pid, 'SIGKILL');
      await until('a restart', () =>
        state(container).restarts > 0 && state(container).running ? true : null,
      );
      await ready();
      await expectRows(1000);
      await complete(await submitPlot(100));
      return 'restarted, the data are there, a job is done';
    });
  }
  for (const service of ['api', 'worker', 'redis']) {
    await say(`ends with code 0 on SIGTERM: ${service}`, async () => {
      const [container = ''] = compose.containers(service);
      docker('stop', '-t', '40', container);
      const { code } = state(container);
      docker('start', container);
      if (code !== 0) throw new Error(`exit code ${code}`);
      await ready();
      return 'exit code 0';
    });
  }
  await say('restarts APIs and workers one by one under load', async () => {
    await until('both APIs', healthy('api', 2));
    const load = startLoad(client);
    await sleep(2000);
    for (const service of ['api', 'worker']) {
      for (const container of compose.containers(service)) {
        docker('stop', '-t', '40', container);
        docker('start', container);
        await until(`health of ${service}`, () =>
          state(container).health === 'healthy' ? true : null,
        );
        await sleep(3000); // the proxy asks for addresses every two seconds
      }
    }
    const { answered, failed, jobs } = await load.stop();
    if (failed.length > 0)
      throw new Error(`${failed.length} requests failed: ${failed.slice(0, 3)}`);
    for (const id of jobs) await complete(id);
    return `${answered} requests, none failed; ${jobs.length} jobs, none lost`;
  });
  await say('keeps the data over down and up', async () => {
    compose.run('down', '--remove-orphans');
    up();
    await ready();
    await expectRows(1000);
    return '1000 rows';
  });
  await say('takes a backup that is proved to restore', async () => {
    const [container = ''] = compose.containers('backup');
    const verified = docker(
      'exec',
      container,
      'almanac',
      'backup',
      '--keep',
      '3',
      '--verify',
      '--json',
    );
    const listed = docker('exec', container, 'almanac', 'backups', '--json');
    const { name } = JSON.parse(verified);
    if (!listed.includes(name)) throw new Error(`${name} is not listed`);
    const { body } = await client.ask('/health/ready');
    if (body.details.backup.name !== name) throw new Error('readiness does not tell of it');
    return name;
  });
  console.log(`${step} passed, 0 failed`);
} catch (error) {
  console.log(`FAIL ${error instanceof Error ? error.message : String(error)}`);
  console.log(compose.run('logs', '--tail', '15'));
  console.log(`${step} passed, 1 failed`);
  process.exitCode = 1;
} finally {
  compose.run('down', '-v', '--remove-orphans');
}

/**
 * @param {string} what
 * @param {() => Promise<string> | string} look
 */
async function say(what, look) {
  const started = Date.now();
  const seen = await look();
  step += 1;
  console.log(`ok   ${what}: ${seen} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

/**
 * How many pages of records an API has answered, by its own metrics.
 *
 * @param {string} container
 */
function pagesAnswered(container) {
  const read = `fetch('http://127.0.0.1:3000/metrics').then((a) => a.text()).then(console.log)`;
  const metrics = docker('exec', container, 'node', '-e', read);
  const count = /^almanac_http_request_seconds_count\{.*\/records".*\} (\d+)$/m.exec(metrics);
  return Number(count?.[1] ?? 0);
}

/** @param {number} n */
async function submitPlot(n) {
  const params = { x: 'id', y: 'n', title: `Picture ${n}` };
  const body = { analysis: 'scatter', dataset: 'smoke', params };
  const answer = await client.ask('/jobs', { method: 'POST', body });
  if (answer.status !== 202) throw new Error(`POST /jobs: ${answer.status} ${answer.bytes}`);
  return answer.body.id;
}

/** @param {string} id */
async function complete(id) {
  const job = await client.finished(id);
  if (job.status !== 'complete') throw new Error(`job ${id}: ${JSON.stringify(job.problem)}`);
}

async function draw() {
  const id = await submitPlot(0);
  await complete(id);
  return id;
}

/** @param {number} expected */
async function expectRows(expected) {
  await until('the records', async () => {
    const { body } = await client.ask('/datasets/smoke/records?limit=1');
    return body?.total === expected ? true : null;
  });
}

/**
 * @param {string} service
 * @param {number} count
 */
function healthy(service, count) {
  return () =>
    compose.containers(service).filter((one) => state(one).health === 'healthy').length >= count
      ? true
      : null;
}
