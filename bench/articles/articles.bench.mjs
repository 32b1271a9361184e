import { figures } from '../measure/statistics.mjs';
import { HttpClient } from '../measure/http-client.mjs';
import { System } from '../system/system.mjs';
import { chooseArticles } from './addresses.mjs';
import { bareReading } from './bare-reading.mjs';
import { saveAll, sendAll } from './through-queues.mjs';

/**
 * Articles from POST to saved: how fast they are taken, and how fast one and two workers find entities and save.
 * Each worker has one thread, and one processor. Every round ends with a count: none lost, none saved twice.
 */
export async function* benchArticles(options) {
  const { articles, title } = chooseArticles(options.rows);
  const system = new System(options);
  try {
    const rounds = { one: [], two: [], sent: [], bare: [] };
    const texts = articles.slice(0, 64).map(({ body }) => body);
    for (let round = 0; round < Math.min(options.repetitions, 3); round++) {
      for (const [name, workers] of [
        ['one', 1],
        ['two', 2],
      ]) {
        const redisUrl = await system.redis(`redis-${name}-${round}`);
        const client = new HttpClient(await system.api(redisUrl));
        rounds.sent.push(await sendAll(client, articles));
        rounds[name].push(await saveAll(system, redisUrl, client, articles, workers));
        client.close();
        await system.stop('api');
        await system.stop(`redis-${name}-${round}`);
      }
      rounds.bare.push(await bareReading(texts));
    }
    yield { title: 'articles', table: title, results: resultsOf(rounds) };
  } finally {
    await system.close();
  }
}

const resultsOf = ({ one, two, sent, bare }) => [
  {
    what: 'articles taken by POST /articles, 100 a request',
    ours: figures(sent),
    unit: 'articles/s',
  },
  {
    what: 'articles read and saved by two workers of one thread',
    ours: figures(two.map(({ rate }) => rate)),
    against: 'by one such worker',
    other: figures(one.map(({ rate }) => rate)),
    unit: 'articles/s',
    target: { atLeast: 1.5 },
    note: 'none lost, none saved twice; one processor a worker, which API and Redis share',
  },
  {
    what: 'processor time of two workers for an article',
    ours: figures(two.map(({ processor }) => processor ?? NaN)),
    against: 'of one',
    other: figures(one.map(({ processor }) => processor ?? NaN)),
    unit: 'ms',
  },
  ...(bare.includes(null)
    ? []
    : [
        {
          what: 'texts read by two bare processes, each on a processor: the most that two workers can do here',
          ours: figures(bare.map(({ together }) => together)),
          against: 'by one, on either processor',
          other: figures(bare.map(({ alone }) => alone)),
          unit: 'articles/s',
        },
      ]),
];
