import { describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';

import { Routes } from './routes.js';

describe('a request that no route takes', () => {
  const routes = new Routes();
  const server = fastify();
  routes.watch(server);
  server.get('/things/:id', () => 'one');
  server.post('/things', () => 'made');

  it('gets 405 with the methods of the address', () => {
    const problem = routes.problem('PUT', '/things/5?x=1');
    expect(problem.code).toBe('method-not-allowed');
    expect(problem.extras['allow']).toBe('GET, HEAD');
    expect(routes.problem('GET', '/things').extras['allow']).toBe('POST');
  });

  it('gets 404 where there is no such address', () => {
    expect(routes.problem('GET', '/thing')).toMatchObject({
      code: 'not-found',
      detail: 'there is nothing at /thing; did you mean /things? GET /help lists all addresses',
      extras: { near: ['/things'] },
    });
    expect(routes.problem('GET', '/Thngs/B52')).toMatchObject({
      extras: { near: ['/things/B52'] },
    });
    expect(routes.problem('GET', '/rings/5')).toMatchObject({
      detail: 'there is nothing at /rings/5; GET /help lists all addresses',
      extras: {},
    });
    expect(routes.problem('GET', '/things/5/name').code).toBe('not-found');
  });
});
