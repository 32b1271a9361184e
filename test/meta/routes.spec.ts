import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createApi } from '../../src/api.js';
import { parseConfiguration } from '../../src/config/configuration.js';
import { problems } from '../../src/errors/problems.js';
import { createLog } from '../../src/logging/logger.js';
import { RedisServer } from '../support/redis-server.js';
import { read } from './code-base.js';

interface Route {
  readonly name: string;
  readonly summary?: string;
  readonly tags?: string[];
  readonly responses: Readonly<Record<string, unknown>>;
}

const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const;

let redis: RedisServer;
let dataDir: string;
let app: NestFastifyApplication;
let routes: Route[];

beforeAll(async () => {
  redis = await RedisServer.create();
  dataDir = mkdtempSync(join(tmpdir(), 'almanac-meta-'));
  const configuration = parseConfiguration({ REDIS_URL: redis.url, DATA_DIR: dataDir });
  app = await createApi(configuration, createLog('silent', 'api'));
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  routes = routesOf(await get<OpenAPIObject>('/openapi.json'));
});

afterAll(async () => {
  await app.close();
  await redis.remove();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('the routes', () => {
  it('are there', () => {
    expect(routes.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['PUT /datasets/{name}', 'POST /jobs', 'GET /help']),
    );
  });

  it('have a summary and one tag each', () => {
    const lacking = routes.filter(
      ({ summary, tags }) => (summary ?? '').trim() === '' || tags?.length !== 1,
    );
    expect(lacking.map(({ name }) => name)).toEqual([]);
  });

  it('are all in docs/api.md, and nothing else is', () => {
    const documented = [...read('docs/api.md').matchAll(/^\| `([A-Z]+ \/[^`]*)`/gm)]
      .map(([, name = '']) => name)
      .filter((name) => name !== 'GET /docs' && name !== 'GET /queues/board'); // pages are no routes of the document
    expect(documented.sort()).toEqual(routes.map(({ name }) => name).sort());
  });

  it('are all in /help', async () => {
    const { body } = await app.inject('/help');
    for (const { name } of routes) {
      const [method = '', path = ''] = name.split(' ');
      expect(body).toMatch(new RegExp(`^ +${method} +${path.replace(/[{}]/g, '\\$&')} `, 'm'));
    }
  });
});

describe('the problems', () => {
  it.each(Object.entries(problems))('%s has its page', async (code, entry) => {
    expect(await get(`/problems/${code}`)).toMatchObject({ code, ...entry });
  });
});

async function get<T>(path: string): Promise<T> {
  const answer = await app.inject(path);
  expect(answer.statusCode).toBe(200);
  return answer.json<T>();
}

const routesOf = ({ paths }: OpenAPIObject): Route[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation === undefined
        ? []
        : [{ ...operation, name: `${method.toUpperCase()} ${path}` }];
    }),
  );
