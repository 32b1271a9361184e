import 'reflect-metadata';

import { createApi } from './api.js';
import { configurationOfServer } from './config/environment.js';
import { listen } from './http/server.js';
import { createLog } from './logging/logger.js';

const configuration = configurationOfServer();
const log = createLog(configuration.logLevel, 'api');
const app = await createApi(configuration, log);
// Without useProcessExit Nest would end the process by the signal, which is no exit code 0.
app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
const url = await listen(app, configuration.host, configuration.port, 'PORT');
log.info({ url }, `the API listens on ${url}`);
