import { createBullBoard } from '@bull-board/api';
import { BullAdapter } from '@bull-board/api/bullAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import { getQueueToken } from '@nestjs/bull';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Queue } from 'bull';

import type { Configuration } from '../../config/configuration.js';
import { answer, asProblem } from '../../errors/problem.filter.js';
import { ApiKeys, bearerKey, passwordOf } from '../../http/api-keys.js';
import { QUEUES } from '../../jobs/queue/queue-name.js';

export const BOARD_PATH = '/queues/board';
const BASIC = 'Basic realm="Almanac: an API key as the password"';

/**
 * Bull Board: what Bull knows of the queue, as a page. It only shows: the record of a job is the truth, and
 * /jobs and /queues change it. With API_KEYS set it needs one; a browser sends it as the password that it asks for.
 */
export function mountBoard(app: NestFastifyApplication, { apiKeys }: Configuration): void {
  const server = new FastifyAdapter();
  createBullBoard({
    queues: QUEUES.map((name) => {
      const queue = app.get<Queue>(getQueueToken(name), { strict: false });
      return new BullAdapter(queue, { readOnlyMode: true, description: 'Jobs of Almanac' });
    }),
    serverAdapter: server,
    options: { uiConfig: { boardTitle: 'Almanac', hideRedisDetails: true } },
  });
  server.setBasePath(BOARD_PATH);
  const keys = new ApiKeys(apiKeys);
  const fastify = app.getHttpAdapter().getInstance();
  void fastify.register(
    (board, _options, done) => {
      board.addHook('onRequest', (request, reply, next) => {
        const { authorization } = request.headers;
        try {
          keys.check(bearerKey(authorization) ?? passwordOf(authorization));
          next();
        } catch (error) {
          void reply.header(
            'www-authenticate',
            'Basic realm="Almanac: an API key as the password"',
          );
          answer(reply, request, asProblem(error));
        }
      });
      // A browser asks for a password only where it is told so.
      board.addHook('onSend', async (_request, reply) => {
        if (reply.statusCode === 401) void reply.header('www-authenticate', BASIC);
        return Promise.resolve();
      });
      void board.register(server.registerPlugin() as never);
      done();
    },
    { prefix: BOARD_PATH },
  );
}
