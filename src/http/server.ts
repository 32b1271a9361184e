import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

import { type INestApplication, type Type, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

import { Problem } from '../errors/problem.js';
import { answer, asProblem, ProblemFilter, problemJson } from '../errors/problem.filter.js';
import { NestLog } from '../logging/logger.js';
import { registerBodies } from './body.js';
import { Routes } from './routes.js';
import { SECURITY_HEADERS } from './security-headers.js';

const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;
const MAX_URL_BYTES = 64 * 1024;
const HEADERS_TIMEOUT_MS = 30_000;
/** How long requests under way have when the process is to stop. */
const DRAIN_MS = 10_000;

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
    http: {
      maxHeaderSize: MAX_URL_BYTES,
      headersTimeout: HEADERS_TIMEOUT_MS,
      requireHostHeader: false, // Node would refuse it without a problem document
    },
    clientErrorHandler: refuseUnreadable,
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
  // A caller who neither reads nor ends must not keep the process from stopping.
  fastify.addHook('preClose', (done) => {
    setTimeout(() => {
      fastify.server.closeAllConnections();
    }, DRAIN_MS).unref();
    done();
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
    done();
  });
  app.useGlobalFilters(new ProblemFilter((method, url) => routes.problem(method, url)));
  return app;
}

/** What is no HTTP at all, such as a raw letter outside of ASCII in the address. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const problem = new Problem(
    'invalid-body',
    'the request is not valid HTTP; letters outside of ASCII must be percent-encoded in an address',
  );
  const body = JSON.stringify(problemJson(problem));
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json; charset=utf-8\r\nContent-Length: ${String(Buffer.byteLength(body))}\r\nConnection: close\r\n\r\n${body}`,
  );
}

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
