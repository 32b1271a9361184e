import fastify from 'fastify';
import { Redis } from 'ioredis';

import { NaiveTable } from './naive-table.mjs';

const redis = new Redis(process.env.REDIS_URL);
const table = new NaiveTable(redis);
const app = fastify();

app.removeAllContentTypeParsers();
app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
app.get('/ready', async () => redis.ping());
app.put('/table', async ({ body, query }) => ({ rows: await table.load(body, query) }));
app.get('/records', async ({ query: { than, limit, ...rest } }) =>
  table.page({ ...rest, than: Number(than), limit: Number(limit) }),
);
app.get('/records/:id', async ({ params: { id } }) => table.one(id));
app.get('/export.json', async (_request, reply) => {
  reply.type('application/json; charset=utf-8');
  return table.json();
});
app.get('/export.csv', async (_request, reply) => {
  reply.type('text/csv; charset=utf-8');
  return table.csv();
});

process.once('SIGTERM', () => process.exit(0));
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
