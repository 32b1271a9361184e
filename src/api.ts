import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { Logger } from 'pino';

import { AnalysisRegistry } from './analyses/registry.js';
import { ApiModule } from './api.module.js';
import { Catalog } from './catalog/catalog.js';
import type { Configuration } from './config/configuration.js';
import { helpText } from './http/help.js';
import { openApiOf } from './http/openapi.js';
import { createServer } from './http/server.js';
import { ServiceDocument } from './http/service-document.js';
import { mountBoard } from './queues/board/board.js';

/** The API, ready to listen: all routes, their document at /openapi.json and /docs, and /help. */
export async function createApi(
  configuration: Configuration,
  log: Logger,
): Promise<NestFastifyApplication> {
  const catalog = await Catalog.read();
  const app = await createServer(ApiModule.with(configuration, catalog), log);
  mountBoard(app, configuration);
  const document = openApiOf(app);
  const analyses = app
    .get(AnalysisRegistry, { strict: false })
    .all()
    .map(({ analysis }) => analysis);
  app.get(ServiceDocument).help = helpText(document, analyses);
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'Almanac',
  });
  return app;
}
