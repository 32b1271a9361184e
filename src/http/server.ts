import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

import { type INestApplication, type Type, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

import { answer, asProblem, ProblemFilter } from '../errors/problem.filter.js';
import { NestLog } from '../logging/logger.js';
import { registerBodies } from './body.js';
import { Routes } from './routes.js';

const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;
const MAX_URL_BYTES = 64 * 1024;
const HEADERS_TIMEOUT_MS = 30_000;

/**
 * A Nest application on Fastify as the API and the worker use it: request ids, structured log lines,
 * bodies, problem documents for every error, 405 with `Allow`, security headers.
 */
export async function createServer(
  module: Type | DynamicModule,
  log: Logger,
): Promise<NestFastifyApplication> {
  const routes = new Routes();
  const adapter = new FastifyAdapter({
    loggerInstance: log.child({ context: 'HTTP' }, { level: quieter(log.level) }),
    genReqId: ({ headers }: IncomingMessage) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
    requestTimeout: 0,
    http: { maxHeaderSize: MAX_URL_BYTES, headersTimeout: HEADERS_TIMEOUT_MS },
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 2_000, ignoreTrailingSlash: true },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      answer(reply, request, asProblem(error));
    },
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  routes.watch(fastify);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bodyParser: false,
    logger: new NestLog(log),
    abortOnError: false,
  });
  registerBodies(fastify);
  await app.register(helmet, { contentSecurityPolicy: CONTENT_SECURITY, hsts: false });
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    done();
  });
  app.useGlobalFilters(new ProblemFilter((method, url) => routes.problem(method, url)));
  return app;
}

/** Swagger UI needs inline styles; everything else comes from this service only. */
const CONTENT_SECURITY = {
  directives: {
    defaultSrc: [`'self'`],
    styleSrc: [`'self'`, `'unsafe-inline'`],
    imgSrc: [`'self'`, 'data:'],
    scriptSrc: [`'self'`],
    upgradeInsecureRequests: null,
  },
};

/** Two lines a request are for debugging; problems are logged in any case. */
const quieter = (level: string): string => (level === 'info' ? 'warn' : level);

/**
 * Listens, or ends the process with one clear line where the address cannot be had.
 * @param name of the environment variable that chooses the port
 */
export async function listen(
  app: INestApplication,
  host: string,
  port: number,
  name: string,
): Promise<string> {
  try {
    await app.listen(port, host);
    return await app.getUrl();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason =
      code === 'EADDRINUSE'
        ? `port ${String(port)} on ${host} is taken by another program; choose another with ${name}=...`
        : `cannot listen on ${host}:${String(port)}: ${message}`;
    process.stderr.write(`almanac: ${reason}\n`);
    process.exit(1);
  }
}
