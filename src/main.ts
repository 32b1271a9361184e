import 'reflect-metadata';

import { createApi } from './api.js';
import { configurationOfProcess } from './config/environment.js';
import { listen } from './http/server.js';
import { createLog } from './logging/logger.js';

const configuration = configurationOfProcess();
const log = createLog(configuration.logLevel, 'api');
const app = await createApi(configuration, log);
app.enableShutdownHooks(['SIGTERM', 'SIGINT']);
const url = await listen(app, configuration.host, configuration.port, 'PORT');
log.info({ url }, `the API listens on ${url}`);
