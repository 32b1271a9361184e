// What `make run` and `make test` need besides Node and packages: a Redis server program.
import './check-node.mjs';

const { Fault } = await import('./launcher/fault.mjs');
const { ensureRedisServer } = await import('./launcher/redis-install.mjs');

try {
  ensureRedisServer(process.env, (line) => process.stdout.write(`${line}\n`));
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  process.stderr.write(`almanac: ${error.message}\n`);
  process.exitCode = 1;
}
