// The health check of the image: an API and a worker answer on ports of their own, and whichever runs in this
// container has to be alive. Whether Redis is there is a question of readiness, which a restart does not mend.
const ports = [process.env.PORT || 3000, process.env.WORKER_PORT || 3001];

const alive = await Promise.any(
  ports.map(async (port) => {
    const answer = await fetch(`http://127.0.0.1:${port}/health/live`, {
      signal: AbortSignal.timeout(4000),
    });
    if (!answer.ok) throw new Error(`${port} answers ${answer.status}`);
  }),
).then(
  () => true,
  () => false,
);
if (!alive) console.error(`nothing is alive at ${ports.join(' or ')}`);
process.exit(alive ? 0 : 1);
