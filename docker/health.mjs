// The health check of the image: an API and a worker answer on ports of their own, and whichever runs in this
// container has to be alive. Whether Redis is there is a question of readiness, which a restart does not mend.
import { once } from 'node:events';
import { get } from 'node:http';

const ports = [process.env.PORT || 3000, process.env.WORKER_PORT || 3001];

const alive = await Promise.any(
  ports.map(async (port) => {
    // Not by fetch, which refuses the ports that browsers do, such as 6000.
    const request = get(`http://127.0.0.1:${port}/health/live`, {
      signal: AbortSignal.timeout(4000),
    });
    const [{ statusCode }] = await once(request, 'response');
    if (statusCode !== 200) throw new Error(`${port} answers ${statusCode}`);
  }),
).then(
  () => true,
  () => false,
);
if (!alive) console.error(`nothing is alive at ${ports.join(' or ')}`);
process.exit(alive ? 0 : 1);
