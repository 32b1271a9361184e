import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { http, type ProblemBody } from '../support/http.js';
import { AlmanacProcess } from '../support/processes.js';
import { until } from '../support/until.js';

const TABLE = [
  'id,mass (g),name,2nd note,lat,lon,seen',
  '1,10,Ábel,"a<b & ""c""",50.5,6,2001-02-03T04:05:06.000007Z',
  '2,,"",,-33,,',
  '3,1e300,"Dora,\nthe limit",=1+1,0,-170,1969-07-20T20:17:40Z',
].join('\n');

let api: AlmanacProcess;
beforeAll(async () => {
  api = await AlmanacProcess.api({ EXPORT_STALL: '700ms' });
  await load('things', TABLE);
});
afterAll(() => api.stop());

async function load(name: string, body: string, type = 'text/csv'): Promise<void> {
  const sent = { method: 'PUT', body, headers: { 'content-type': type } };
  const answer = await http<ProblemBody>(`${api.url}/datasets/${name}`, sent);
  expect([answer.status, answer.body.detail]).toEqual([201, undefined]);
}

const at = (query: string, name = 'things'): string => `${api.url}/datasets/${name}/export${query}`;

const text = async (query: string): Promise<string> => (await fetch(at(query))).text();

describe('the formats', () => {
  it('writes CSV with null unquoted and an empty text quoted', async () => {
    expect(await text('?format=csv&fields=id,name,"2nd note"&id=2')).toBe(
      'id,name,2nd note\r\n2,"",\r\n',
    );
  });

  it('writes TSV', async () => {
    expect(await text('?format=tsv&fields=id,name&id__gt=1')).toBe(
      'id\tname\r\n2\t""\r\n3\t"Dora,\nthe limit"\r\n',
    );
  });

  it('writes NDJSON, and JSON for people', async () => {
    expect(await text('?format=ndjson&fields=id,name&id__lt=3')).toBe(
      '{"id":1,"name":"Ábel"}\n{"id":2,"name":""}\n',
    );
    expect(await text('?indent=true&fields=id&id__lt=3')).toBe(
      '[\n    {\n        "id": 1\n    },\n    {\n        "id": 2\n    }\n]\n',
    );
    expect(await text('?indent=2&fields=id&id__lt=3')).toBe(
      '[\n  {\n    "id": 1\n  },\n  {\n    "id": 2\n  }\n]\n',
    );
    const course = [
      { unit: 1, topic: ['linux', '  a\n    b'] },
      { unit: 2, topic: [] },
    ];
    await load('course', JSON.stringify(course), 'application/json');
    const answer = await fetch(at('?indent=2', 'course'));
    expect(await answer.text()).toBe(`${JSON.stringify(course, null, 2)}\n`);
    expect((await http<ProblemBody>(at('?indent=x'))).body.detail).toContain('false, true, 2, 4');
  });

  it('writes XML whose awkward tags carry their names', async () => {
    expect(await text('?format=xml&fields=id,"mass (g)","2nd note",name&id__lt=3')).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<data>',
        '<record><id>1</id><mass_g name="mass (g)">10.0</mass_g><_2nd_note name="2nd note">a&lt;b &amp; "c"</_2nd_note><name>Ábel</name></record>',
        '<record><id>2</id><name></name></record>',
        '</data>',
        '',
      ].join('\n'),
    );
  });

  it('writes YAML in which no text can be taken for something else', async () => {
    expect(await text('?format=yaml&fields="2nd note","mass (g)",seen&id=3')).toBe(
      '- "2nd note": "=1+1"\n  mass (g): 1.0e+300\n  seen: "1969-07-20T20:17:40Z"\n',
    );
    expect(await text('?format=yaml&id=9')).toBe('[]\n');
  });

  it('writes GeoJSON with a point for each record that has a position', async () => {
    expect(JSON.parse(await text('?format=geojson&fields=name'))).toEqual({
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          id: 1,
          geometry: { type: 'Point', coordinates: [6, 50.5] },
          properties: { name: 'Ábel' },
        },
        { type: 'Feature', id: 2, geometry: null, properties: { name: '' } },
        {
          type: 'Feature',
          id: 3,
          geometry: { type: 'Point', coordinates: [-170, 0] },
          properties: { name: 'Dora,\nthe limit' },
        },
      ],
    });
  });

  it('writes Parquet, of known size', async () => {
    const answer = await fetch(at('?format=parquet'));
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(answer.headers.get('content-length')).toBe(String(bytes.length));
    expect(bytes.subarray(0, 4).toString()).toBe('PAR1');
    expect(bytes.subarray(-4).toString()).toBe('PAR1');
  });

  it.each([
    ['json', 'application/json; charset=utf-8'],
    ['ndjson', 'application/x-ndjson; charset=utf-8'],
    ['csv', 'text/csv; charset=utf-8; header=present'],
    ['tsv', 'text/tab-separated-values; charset=utf-8'],
    ['xml', 'application/xml; charset=utf-8'],
    ['yaml', 'application/yaml; charset=utf-8'],
    ['geojson', 'application/geo+json; charset=utf-8'],
    ['parquet', 'application/vnd.apache.parquet'],
  ])('calls %s by its type and name', async (format, type) => {
    const answer = await fetch(at(`?format=${format}`), { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(type);
    expect(answer.headers.get('dataset-version')).toBe('1.0');
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="things.${format}"`,
    );
    const accepted = await fetch(at(''), { headers: { accept: type } });
    expect(accepted.headers.get('content-type')).toBe(type);
    await accepted.arrayBuffer();
  });
});

describe('what is asked for', () => {
  it('is JSON for whoever takes anything', async () => {
    const accept = 'text/html,application/xhtml+xml,*/*;q=0.8';
    const answer = await fetch(at(''), { headers: { accept } });
    expect(answer.headers.get('content-type')).toContain('application/json');
    await answer.arrayBuffer();
  });

  it('is compressed on its way, or as a file', async () => {
    const sent = await fetch(at('?format=csv'), { headers: { 'accept-encoding': 'gzip' } });
    expect(sent.headers.get('content-encoding')).toBe('gzip');
    const plain = await fetch(at('?format=csv'), { headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    const csv = await plain.text();
    expect(await sent.text()).toBe(csv);

    const file = await fetch(at('?format=csv&compress=gzip'));
    expect(file.headers.get('content-encoding')).toBeNull();
    expect(file.headers.get('content-disposition')).toContain('"things.csv.gz"');
    expect(gunzipSync(Buffer.from(await file.arrayBuffer())).toString()).toBe(csv);
  });

  it.each([
    ['?format=excel', 400, 'invalid-parameter'],
    ['?compress=zip', 400, 'invalid-parameter'],
    ['?format=parquet&compress=gzip', 400, 'invalid-parameter'],
    ['?fields=nmae', 400, 'unknown-column'],
    ['?sort=nmae', 400, 'unknown-column'],
    ['?nmae=x', 400, 'unknown-column'],
  ])('%s is %i %s', async (query, status, code) => {
    const answer = await http<ProblemBody>(at(query));
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('is refused where nothing of the wanted type is made', async () => {
    const answer = await http<ProblemBody>(at(''), { headers: { accept: 'image/png' } });
    expect([answer.status, answer.body.code]).toEqual([406, 'not-acceptable']);
    expect(answer.body.detail).toContain('text/csv');
  });

  it('is refused where the format cannot hold it', async () => {
    await load(
      'bells',
      '[{"id": 1, "sound": "ding\\u0007"}, {"id": 2, "sound": "dong"}]',
      'application/json',
    );
    const answer = await http<ProblemBody>(at('?format=xml', 'bells'));
    expect([answer.status, answer.body.code]).toEqual([422, 'unsuitable-format']);
    expect(answer.body.detail).toContain('1 values of "sound"');
    expect((await http(at('?format=xml&id=2', 'bells'))).status).toBe(200);
    const map = await http<ProblemBody>(at('?format=geojson', 'bells'));
    expect([map.status, map.body.code]).toEqual([422, 'unsuitable-column']);
  });
});

describe('a large table', () => {
  const ROWS = 150_000;
  beforeAll(async () => {
    const lines = Array.from(
      { length: ROWS },
      (_, n) => `${String(n)},${randomBytes(50).toString('base64url')}`,
    );
    await load('large', ['id,filling', ...lines].join('\n'));
  });

  it('comes whole and in order', async () => {
    const ids = (await (await fetch(at('?format=csv&fields=id', 'large'))).text()).split('\r\n');
    expect(ids.slice(1, -1)).toEqual(Array.from({ length: ROWS }, (_, n) => String(n)));
  });

  it.each(['csv', 'csv&compress=gzip', 'parquet'])(
    'does not look complete to a reader of %s who was cut off',
    async (format) => {
      const cutOff = (): number => api.output.split('the reader takes nothing any more').length;
      const before = cutOff();
      const [answer] = (await once(
        request(at(`?format=${format}`, 'large'), {
          headers: { 'accept-encoding': 'identity' },
        }).end(),
        'response',
      )) as [IncomingMessage];
      expect(answer.statusCode).toBe(200);
      await until(() => Promise.resolve(cutOff() > before || undefined), {
        what: 'the export to be cut off',
      });
      // Only now it is read: what the system has buffered, which ends too early.
      const ending = await once(answer.resume(), 'end').catch((error: unknown) => error);
      expect(ending).toMatchObject({ message: 'aborted' });
      expect(answer.complete).toBe(false);
    },
  );

  it('is no longer read when its reader has gone, so that others have their turn', async () => {
    for (let round = 0; round < 8; round++) {
      const reader = request(at('?format=csv&sort=-filling,id', 'large'), { agent: false }).end();
      const [answer] = (await once(reader, 'response')) as [IncomingMessage];
      expect(answer.statusCode).toBe(200);
      reader.destroy();
    }
    const answer = await fetch(at('?format=csv&fields=id&id__lt=10', 'large'));
    expect((await answer.text()).split('\r\n')).toHaveLength(12);
  });
});
