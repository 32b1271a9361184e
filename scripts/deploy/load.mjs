// A steady load of requests while something else happens: what was answered, and how often not.
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @param {import('./http.mjs').Client} client
 * @param {number} [perSecond]
 */
export function startLoad(client, perSecond = 40) {
  let answered = 0;
  /** @type {string[]} */
  const failed = [];
  /** @type {string[]} */
  const jobs = [];
  let going = true;
  const one = async (/** @type {number} */ n) => {
    try {
      if (n % 10 === 0) {
        const { status, body } = await client.ask('/jobs', {
          method: 'POST',
          body: {
            analysis: 'value-counts',
            dataset: 'smoke',
            params: { column: 'v' },
            label: `load-${n}`,
          },
        });
        if (status !== 202) throw new Error(`POST /jobs: ${status}`);
        jobs.push(body.id);
      } else {
        const { status } = await client.ask(`/datasets/smoke/records?id__gte=${n % 900}&limit=5`);
        if (status !== 200) throw new Error(`GET records: ${status}`);
      }
      answered += 1;
    } catch (error) {
      const { cause } = /** @type {Error} */ (error);
      failed.push(`${String(error)} ${cause === undefined ? '' : String(cause)}`);
    }
  };
  const running = (async () => {
    const open = [];
    for (let n = 0; going; n++) {
      open.push(one(n));
      await sleep(1000 / perSecond);
    }
    await Promise.all(open);
  })();
  return {
    async stop() {
      going = false;
      await running;
      return { answered, failed, jobs };
    },
  };
}
