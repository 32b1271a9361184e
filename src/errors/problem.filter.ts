import {
  Catch,
  HttpException,
  Logger,
  ServiceUnavailableException,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { CallerGone } from './caller-gone.js';
import { Problem } from './problem.js';
import { problems, type ProblemCode } from './problems.js';
import { redisFailure } from './redis-failure.js';

/**
 * Every error of the API as `application/problem+json` (RFC 9457). What is no expected problem is a
 * bug: it is logged with its stack, and the caller only gets the request id.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  /** @param unrouted what is wrong with a request that no route takes */
  constructor(private readonly unrouted: (method: string, url: string) => Problem) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    if (error instanceof ServiceUnavailableException) {
      void http.getResponse<FastifyReply>().status(503).send(error.getResponse());
      return; // the report of a health check, which is an answer of its own
    }
    if (error instanceof CallerGone) {
      this.logger.debug({ reqId: request.id }, error.message);
      return; // there is nobody to answer
    }
    const problem = isNowhere(error)
      ? this.unrouted(request.method, request.url)
      : asProblem(error);
    if (problem.code === 'internal')
      this.logger.error({ err: error, reqId: request.id }, 'internal');
    answer(http.getResponse<FastifyReply>(), request, problem);
  }
}

/** Nothing is there, or nothing can be: the server of files says 403 of names that no file can have. */
const isNowhere = (error: unknown): boolean =>
  error instanceof HttpException && [403, 404].includes(error.getStatus());

/** What a route may have said of a file before it failed to send it. */
const ABOUT_A_FILE = ['content-disposition', 'content-encoding', 'content-length'];

/** Sends a problem; also for errors outside of any route. */
export function answer(reply: FastifyReply, request: FastifyRequest, problem: Problem): void {
  if (reply.sent || reply.raw.headersSent) return;
  for (const name of ABOUT_A_FILE) void reply.removeHeader(name);
  const { status } = problems[problem.code];
  const { retryAfter, allow, size } = problem.extras;
  if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
  if (typeof allow === 'string') void reply.header('allow', allow);
  if (status === 416) void reply.header('content-range', `bytes */${String(size)}`);
  if (status === 401) void reply.header('www-authenticate', 'Bearer');
  const body = { ...problemJson(problem), instance: request.url, requestId: request.id };
  void reply
    .status(status)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(body));
}

/** The members of a problem document (RFC 9457). */
export function problemJson({ code, detail, extras }: Problem): Record<string, unknown> {
  const { status, title } = problems[code];
  const { retryAfter: _inHeader, allow: _too, ...rest } = extras;
  return { type: `/problems/${code}`, title, status, detail, code, ...rest };
}

/** Errors of the framework, by their HTTP status. */
const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'invalid-body',
  401: 'unauthorized',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'payload-too-large',
  414: 'invalid-parameter',
  415: 'unsupported-media-type',
  431: 'invalid-parameter',
};

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const failure = redisFailure(error);
  if (failure !== null) return failure;
  const status =
    error instanceof HttpException
      ? error.getStatus()
      : ((error as { statusCode?: unknown } | null)?.statusCode ?? 500);
  const code = BY_STATUS[Number(status)];
  if (code !== undefined && error instanceof Error) return new Problem(code, error.message);
  return new Problem('internal', 'an unexpected error; the log holds it under the request id');
}
