import 'reflect-metadata';

import { Catalog } from './catalog/catalog.js';
import { configurationOfServer } from './config/environment.js';
import { refuseBusyPort } from './health/worker-port.js';
import { createServer, listen } from './http/server.js';
import { createLog } from './logging/logger.js';
import { DrainedWatch } from './queues/drained-watch.js';
import { workerArguments } from './worker-arguments.js';
import { WorkerModule } from './worker.module.js';

const { drain } = workerArguments();
const configuration = configurationOfServer();
const log = createLog(configuration.logLevel, 'worker');
const { workerHost, workerPort } = configuration;

// Bull leaves promises of its own without a handler when its connection closes. Neither that nor a stray
// promise of one analysis may end the jobs of the others.
process.on('unhandledRejection', (reason) => {
  log.error({ err: reason }, 'a promise was rejected and nobody handled it');
});

await refuseBusyPort(workerHost, workerPort);
const app = await createServer(WorkerModule.with(configuration, await Catalog.read()), log);
// Without useProcessExit Nest would end the process by the signal, which is no exit code 0.
app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
const url = await listen(app, workerHost, workerPort, 'WORKER_PORT');
log.info({ url }, `the worker takes jobs; its health and metrics are at ${url}`);

if (drain) {
  let code = 0;
  try {
    await app.get(DrainedWatch, { strict: false }).empty();
    log.info('no job is left: the worker ends');
  } catch (error) {
    code = 1;
    process.stderr.write(`almanac: ${(error as Error).message}; the worker ends\n`);
  }
  await app.close();
  process.exit(code);
}
