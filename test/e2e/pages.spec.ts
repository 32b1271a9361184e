import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { seededRandom } from '../factories/seeded-random.js';
import { http, type PageBody, type ProblemBody } from '../support/http.js';
import { AlmanacProcess } from '../support/processes.js';

/** Pages that are followed by `next`: none of the records that stay is left out or comes twice. */
const ROWS = 600;
const random = seededRandom(7);
const one = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;

interface Row {
  readonly id: number;
  readonly kind: string | null;
  readonly mass: number | null;
  readonly seen: string | null;
  readonly big: string;
}

const TABLE: readonly Row[] = Array.from({ length: ROWS }, (_, i) => ({
  id: i,
  kind: one(['a', 'ä', 'b"c', '', null]),
  mass: one([-1.5, 0, 0.1, 1e300, 5e-324, null]),
  seen: one(['1969-07-20T20:17:40.000001Z', '2001-02-03T04:05:06Z', '0001-01-01T00:00:00Z', null]),
  big: String(9_007_199_254_740_993n + BigInt(i % 7)),
}));
const SCHEMA = { kind: 'text', mass: 'number', seen: 'timestamp', big: 'int64' };

let api: AlmanacProcess;
let other: AlmanacProcess;
const at = (path: string, server = api): string => `${server.url}/datasets/t${path}`;
const put = (): Promise<{ status: number }> =>
  http(at(`?key=id&schema=${encodeURIComponent(JSON.stringify(SCHEMA))}`), {
    method: 'PUT',
    body: JSON.stringify(TABLE),
    headers: { 'content-type': 'application/json' },
  });

beforeAll(async () => {
  api = await AlmanacProcess.api();
  other = await AlmanacProcess.api({ KEY_PREFIX: api.env['KEY_PREFIX'] });
});
afterAll(async () => {
  await Promise.all([api.stop(), other.stop()]);
});

/** Follows `next` to the end, now through one process and now through the other. */
async function follow(
  query: string,
  between: (page: number) => Promise<void> = () => Promise.resolve(),
): Promise<PageBody[]> {
  const pages: PageBody[] = [];
  let next: string | null = `/datasets/t/records?${query}`;
  while (next !== null) {
    const server = pages.length % 2 === 0 ? api : other;
    const answer: { status: number; body: PageBody } = await http<PageBody>(`${server.url}${next}`);
    expect(answer.status).toBe(200);
    pages.push(answer.body);
    next = answer.body.next;
    await between(pages.length);
  }
  return pages;
}

const idsOf = (pages: readonly PageBody[]): number[] =>
  pages.flatMap(({ records }) => records.map(({ id }) => Number(id)));

describe('pages that follow each other', () => {
  beforeAll(async () => {
    expect((await put()).status).toBe(201);
  });

  it.each([
    '',
    'sort=kind',
    'sort=-kind,mass',
    'sort=seen,-mass,kind',
    'sort=-seen,-id',
    'sort=big,-mass,seen',
    'sort=-mass&kind=a&kind=b%22c',
  ])('%s: are the whole in its order, with one total', async (query) => {
    const whole = (await http<PageBody>(at(`/records?${query}&limit=10000`))).body;
    expect(whole.next).toBeNull();
    const pages = await follow(`${query}&limit=37`);
    expect(idsOf(pages)).toEqual(idsOf([whole]));
    expect(new Set(pages.map(({ total }) => total))).toEqual(new Set([whole.total]));
    expect(pages.length).toBe(Math.ceil((whole.total ?? 0) / 37));
  });

  it('go on from an offset, and with the columns that were asked for', async () => {
    const [first, second] = await follow('offset=590&limit=8&fields=mass&sort=id');
    expect(first?.next).not.toContain('offset');
    expect(second?.records).toEqual([598, 599].map((id) => ({ mass: TABLE[id]?.mass })));
  });

  it.each(['', 'sort=kind,-mass', 'sort=-seen'])(
    '%s: neither skip nor double records while others write',
    async (query) => {
      await put();
      const before = new Map(TABLE.map((row) => [row.id, row]));
      const gone = new Set<number>();
      const pages = await follow(`${query}&limit=30`, async (page) => {
        const server = page % 2 === 0 ? api : other;
        const victim = Math.floor(random() * ROWS);
        gone.add(victim);
        const answers = await Promise.all([
          http(at(`/records/${String(victim)}`, server), { method: 'DELETE' }),
          http(at('/records', server), {
            method: 'POST',
            body: Array.from({ length: 5 }, (_, i) => ({
              ...one(TABLE),
              id: 10_000 * page + i,
            })),
          }),
          http(at(`/records/${String((victim + 1) % ROWS)}`, server), {
            method: 'PATCH',
            body: { big: '1' },
          }),
        ]);
        const statuses = answers.map(({ status }) => status);
        expect([201, 204, 404]).toEqual(expect.arrayContaining(statuses.slice(0, 2)));
        if (page > 100) throw new Error('the pages do not end');
      });
      const seen = idsOf(pages);
      expect(new Set(seen).size).toBe(seen.length);
      const stayed = [...before.keys()].filter((id) => !gone.has(id));
      expect(stayed.filter((id) => !seen.includes(id))).toEqual([]);
      expect(pages.length).toBeGreaterThan(ROWS / 30);
    },
  );

  it('of a kept load go on; after a new load they say that they are over', async () => {
    await put();
    const page = (await http<PageBody>(at('/records?limit=5&sort=-mass'))).body;
    await put();
    const late = await http<ProblemBody>(`${other.url}${page.next ?? ''}`);
    expect([late.status, late.body.code, late.body.errors?.[0]?.field]).toEqual([
      410,
      'cursor-gone',
      'cursor',
    ]);
    const load = Number((await http<PageBody>(at('/records?limit=0'))).body.version.split('.')[0]);
    const kept = (await http<PageBody>(at(`/records?limit=5&version=${String(load)}&sort=kind`)))
      .body;
    await put();
    const more = await http<PageBody>(`${other.url}${kept.next ?? ''}`);
    expect([more.status, more.body.version, more.body.records.length]).toEqual([
      200,
      `${String(load)}.0`,
      5,
    ]);
  });

  it.each([
    ['cursor=x', 'cursor'],
    ['cursor=', 'cursor'],
    ['cursor=WzFd&sort=mass', 'cursor'],
    [
      `cursor=${Buffer.from(JSON.stringify([1, 1, '', 0])).toString('base64url')}&offset=5`,
      'offset',
    ],
    [`sort=${Array.from({ length: 5 }, () => 'id').join()},nothing`, 'sort'],
  ])('refuse %s', async (query, field) => {
    const answer = await http<ProblemBody>(at(`/records?${query}`));
    expect([answer.status, answer.body.errors?.[0]?.field]).toEqual([400, field]);
  });

  it('count the values of columns among all that match, by `facets`', async () => {
    await put();
    const url = `${at('/records')}?limit=2&mass__notnull&sort=id&facets=kind,big,seen&facetSize=3`;
    const { body } = await http<PageBody & { facets: Record<string, unknown> }>(url);
    const matching = TABLE.filter(({ mass }) => mass !== null);
    const facetOf = (column: 'kind' | 'big' | 'seen'): object => {
      const counts = new Map<string, number>();
      for (const row of matching) {
        const value = row[column];
        if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      const byCount = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
      const values = byCount.slice(0, 3).map(([value, count]) => ({ value, count }));
      const others = byCount.slice(3).reduce((sum, [, count]) => sum + count, 0);
      const missing = matching.filter((row) => row[column] === null).length;
      return { values, distinct: counts.size, other: others, missing };
    };
    expect(body).toMatchObject({ total: matching.length, records: { length: 2 } });
    expect(body.facets).toEqual({
      kind: facetOf('kind'),
      big: facetOf('big'),
      seen: facetOf('seen'),
    });
    const none = await http<PageBody & { facets: unknown }>(at('/records?id=-1&facets=kind'));
    expect(none.body.facets).toEqual({ kind: { values: [], distinct: 0, other: 0, missing: 0 } });
    const wrong = await http<ProblemBody>(at('/records?facets=kynd'));
    expect([wrong.status, wrong.body.code, wrong.body.near]).toEqual([
      400,
      'unknown-column',
      ['kind'],
    ]);
  });
});
