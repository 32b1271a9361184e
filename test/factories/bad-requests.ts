import { AWKWARD_TEXTS } from './awkward-texts.js';
import { seededRandom } from './seeded-random.js';

/** A request that must not change anything and must not break anything. */
export interface BadRequest {
  readonly method: string;
  /** Percent-encoded, as it goes over the wire. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  /** Whether an answer below 400 would be wrong. */
  readonly refused: boolean;
}

type Draft = Partial<BadRequest> & { readonly path: string };

const COLUMNS = ['id', 'name', 'n', 'x', 'flag', 'day', 'time', 'big', 'nested', 'a,b', 'limit'];
const OPERATORS =
  'eq not gt gte lt lte in notin contains startswith endswith like isnull notnull regex between'.split(
    ' ',
  );
const PARAMETERS =
  'start end search bbox sort fields limit offset total cursor facets group agg bucket fill format version wait status analysis dataset label before after onConflict all key schema path delimiter title top'.split(
    ' ',
  );
const CALLS = [
  'count',
  'mean',
  'sum',
  'p95',
  'p1e9',
  'distinct',
  'first',
  'avg',
  'month',
  '15min',
  '0s',
  '99999y',
];
const READS = [
  'records',
  'summary',
  'aggregate',
  'export',
  'load-report',
  'versions',
  'cite',
  'rejects',
  'plot.png',
];
const OTHER_READS = [
  '/mars/sites',
  '/water',
  '/iss/epochs',
  '/iss/now',
  '/degrees',
  '/genes',
  '/meteorites/summary',
  '/queues',
  '/schedules',
  '/operations',
  '/problems',
  '/health/ready',
];
const OTHER_PARAMETERS = 'count seed at limit offset threshold decay points start x'.split(' ');
const TYPES = [
  'application/json',
  'text/plain',
  'text/csv',
  'application/xml',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'application/json; charset=utf-16',
  'application/x-www-form-urlencoded',
  'image/png',
  '',
  ';',
  'a/b/c',
  'application/json\u00ff',
];

/** Endless, and the same for the same seed. */
export class BadRequests {
  private readonly random: () => number;

  /** @param dataset that exists, with the columns above; all of its records are to stay as they are */
  constructor(
    seed: number,
    private readonly dataset: string,
  ) {
    this.random = seededRandom(seed);
  }

  next(): BadRequest {
    const make = this.pick([
      () => this.question(),
      () => this.question(),
      () => this.parameters(),
      () => this.aggregate(),
      () => this.address(),
      () => this.edit(),
      () => this.list(),
      () => (this.random() < 0.05 ? this.load() : this.question()),
      () => this.job(),
      () => this.method(),
      () => this.other(),
    ]);
    const { method = 'GET', path, headers = {}, body = null, refused = false } = make();
    const more = this.random() < 0.1 ? this.header() : {};
    return { method, path, headers: { ...headers, ...more }, body, refused };
  }

  private readonly pick = <T>(items: readonly T[]): T =>
    items[Math.floor(this.random() * items.length)] as T;

  private readonly text = (): string =>
    this.random() < 0.3
      ? `${this.pick(AWKWARD_TEXTS)}${this.pick(AWKWARD_TEXTS)}`
      : this.pick(AWKWARD_TEXTS);

  private readonly value = (): string =>
    this.random() < 0.3
      ? String(Math.floor((this.random() - 0.5) * 10 ** (this.random() * 20)))
      : this.text();

  private at(rest: string): string {
    return `/datasets/${this.dataset}${rest}`;
  }

  private question(): Draft {
    const pairs = Array.from({ length: 1 + Math.floor(this.random() * 4) }, () => {
      const column = this.random() < 0.8 ? this.pick(COLUMNS) : this.text();
      const operator = this.random() < 0.8 ? `__${this.pick(OPERATORS)}` : '';
      return `${encode(column + operator)}=${encode(this.value())}`;
    });
    return { path: this.at(`/${this.pick(READS)}?${pairs.join('&')}`) };
  }

  private parameters(): Draft {
    const pairs = Array.from({ length: 1 + Math.floor(this.random() * 5) }, () => {
      const value =
        this.random() < 0.5
          ? this.value()
          : this.pick([...COLUMNS, '-n', '10', '0', '1e9', '-1', '1,2,3,4']);
      return `${this.pick(PARAMETERS)}=${encode(value)}`;
    });
    const where = this.pick([
      this.at(`/${this.pick(READS)}`),
      '/datasets',
      '/jobs',
      '/analyses',
      '/help',
      '/meteorites',
      '/docs',
      '/',
    ]);
    return { path: `${where}?${pairs.join('&')}` };
  }

  private aggregate(): Draft {
    const call = (): string => {
      const inner = this.random() < 0.6 ? this.pick(COLUMNS) : this.text();
      return this.random() < 0.7 ? `${this.pick(CALLS)}(${inner})` : this.text();
    };
    const pairs = [
      `group=${encode(this.random() < 0.5 ? this.pick(COLUMNS) : this.text())}`,
      `agg=${encode([call(), call()].join(','))}`,
      `bucket=${encode(call())}`,
      `fill=${this.pick(['none', 'null', 'zero', 'previous', 'linear', 'x'])}`,
      `sort=${encode(this.random() < 0.5 ? '-count' : this.text())}`,
      `limit=${encode(this.value())}`,
    ].filter(() => this.random() < 0.6);
    return { path: this.at(`/aggregate?${pairs.join('&')}`) };
  }

  private address(): Draft {
    const one = encode(this.text());
    const two = encode(this.text());
    const path = this.pick([
      `/datasets/${one}`,
      `/datasets/${one}/records/${two}`,
      this.at(`/records/${one}`),
      this.at(`/records/1/${one}`),
      this.at(`/${one}`),
      `/jobs/${one}`,
      `/jobs/${one}/results/${two}`,
      `/download/${one}`,
      `/analyses/${one}`,
      `/problems/${one}`,
      `/docs/${one}`,
      `/${one}/${two}`,
      `/%zz/%`,
      `/datasets/%c0%af%ff`,
      `//${one}`,
      `/datasets/${'%2e%2e%2f'.repeat(50)}etc/passwd`,
      `/${'a/'.repeat(2000)}`,
    ]);
    return { path, method: this.pick(['GET', 'GET', 'HEAD', 'DELETE']), ...this.deletionOf(path) };
  }

  /** Deleting the records of the dataset by a valid address would be no bad request. */
  private deletionOf(path: string): { method?: string } {
    return path.startsWith(this.at('')) || path === '//' ? { method: 'GET' } : {};
  }

  private edit(): Draft {
    return {
      path: this.at(
        `/records/${this.pick(['1', '2', '99', encode(this.text())])}${this.random() < 0.1 ? '?x=1' : ''}`,
      ),
      method: this.pick(['PUT', 'PATCH']),
      headers:
        this.random() < 0.3
          ? { 'content-type': this.pick(TYPES) }
          : { 'content-type': 'application/json' },
      body: Buffer.from(this.badRecord()),
      refused: true,
    };
  }

  private list(): Draft {
    const records = Array.from({ length: 1 + Math.floor(this.random() * 3) }, () =>
      this.badRecord(),
    );
    return {
      path: this.at(
        `/records${this.pick(['', '', '?onConflict=replace', '?onConflict=x', '?y=2'])}`,
      ),
      method: this.pick(['POST', 'PATCH', 'DELETE']),
      body: Buffer.from(
        this.pick([
          `[${records.join(',')}]`,
          records[0] ?? '',
          '[',
          '[[]]',
          '[null]',
          '[1]',
          '"x"',
          '{}',
          '',
        ]),
      ),
      headers: { 'content-type': this.random() < 0.2 ? this.pick(TYPES) : 'application/json' },
      refused: true,
    };
  }

  /** A record with one fault at least: an unknown column, a wrong type, or no JSON at all. */
  private badRecord(): string {
    const fault = this.pick<() => string>([
      () =>
        `"${this.pick(['nn', 'ID', 'x ', '__proto__', 'constructor', '\\u0000', '\\ud800'])}": 1`,
      () =>
        `"n": ${this.pick(['"1"', '1.5', '1e400', 'true', '[]', '{}', '9007199254740993', '-1e30'])}`,
      () => `"x": ${this.pick(['"1"', 'false', '[1]', '{"a":1}', '1e999'])}`,
      () => `"flag": ${this.pick(['0', '"true"', '[]'])}`,
      () =>
        `"day": ${this.pick(['1', '"2024-02-30"', '"now"', '"2024-01-01T00:00:00Z"', '[]', '"99999-01-01"'])}`,
      () =>
        `"time": ${this.pick(['1', '"2024-13-01"', '"infinity"', '"epoch"', 'true', '"2024-01-01T24:30:00Z"'])}`,
      () => `"big": ${this.pick(['1.5', '"9223372036854775808"', '"x"', 'true', '[]'])}`,
      () => `"name": ${this.pick(['1', 'true', '[]', '{}', '"\\ud800"', '"a\\udc00"'])}`,
      () => `"nested": ${'['.repeat(20_000)}${']'.repeat(20_000)}, "nn": 1`,
      () => `"id": ${this.pick(['null', '"1"', '1.5', '[]', 'true', '1e300'])}, "nn": 2`,
      () =>
        this.pick([
          '"n": NaN',
          '"n": 01',
          'n: 1',
          '"n": ,',
          "'n': 1",
          '"n": 1}}',
          '"n": "\n"',
          '\u0000',
        ]),
    ]);
    return `{"id": ${this.pick(['1', '2', '77'])}, ${fault()}}`;
  }

  private load(): Draft {
    const broken = this.random() < 0.5;
    const name = broken
      ? this.pick([
          'A',
          'a%20b',
          '.',
          '..',
          '-x',
          '_',
          'ä',
          '%00',
          'a'.repeat(200),
          encode(this.text() + '/'),
        ])
      : this.dataset;
    const query = broken
      ? ''
      : this.pick([
          '?key=nope',
          '?schema=x',
          '?schema={"n":"strange"}',
          '?onError=maybe',
          '?delimiter=',
          '?path=..',
          '?zz=1',
          '?schema=[]',
          '?schema={"n":5}',
        ]);
    return {
      path: `/datasets/${name}${query.replaceAll('"', '%22')}`,
      method: this.pick(['PUT', 'PATCH']),
      body: Buffer.from(
        this.pick(['', '\u0000\u0001\u0002', '[1,2', '{"a":', this.text(), 'PAR1xxxx']),
      ),
      headers: {
        'content-type': this.pick([
          'application/json',
          'image/png',
          'application/x-ndjson',
          'application/pdf',
        ]),
      },
      refused: true,
    };
  }

  private job(): Draft {
    const body = this.pick([
      { analysis: this.text(), dataset: this.dataset },
      { analysis: 'describe', dataset: this.text() },
      { analysis: 'histogram', dataset: this.dataset, params: { column: this.text() } },
      { analysis: 'histogram', dataset: this.dataset, params: { column: 'n', bins: this.value() } },
      {
        analysis: 'describe',
        dataset: this.dataset,
        filter: { [this.text()]: this.value() },
        zz: 1,
      },
      { analysis: 'describe', dataset: this.dataset, params: { [`z${this.text()}`]: 1 } },
      { analysis: 'describe', dataset: this.dataset, timeout: -1 },
      { analysis: ['describe'], dataset: { a: 1 } },
      { [`z${this.text()}`]: this.text() },
      [this.text()],
      this.text(),
      5,
    ]);
    return {
      path: this.pick(['/jobs', '/submit']),
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(body)),
      refused: true,
    };
  }

  private method(): Draft {
    return {
      path: this.pick([
        '/',
        '/help',
        '/health/ready',
        this.at('/export'),
        this.at('/summary'),
        '/analyses',
        '/metrics',
        '/openapi.json',
      ]),
      method: this.pick([
        'PUT',
        'PATCH',
        'DELETE',
        'OPTIONS',
        'TRACE',
        'PROPFIND',
        'LOCK',
        'SEARCH',
        'MKCOL',
      ]),
      refused: true,
    };
  }

  /** Routes beside those of records. */
  private other(): Draft {
    if (this.random() < 0.5) {
      const where = this.pick(OTHER_READS);
      return { path: `${where}?${this.pick(OTHER_PARAMETERS)}=${encode(this.value())}` };
    }
    const [path, method, body] = this.pick<[string, string, unknown]>([
      ['/datasets', 'POST', { name: this.text(), source: this.text() }],
      ['/datasets', 'POST', { name: 'declared', source: { url: this.text() } }],
      ['/datasets', 'POST', { name: 'declared', [`z${this.text()}`]: 1 }],
      [this.at(''), 'PATCH', { title: this.pick([5, [], {}, true]) }],
      [this.at(''), 'PATCH', { [`z${this.text()}`]: this.text() }],
      ['/schedules', 'POST', { cron: this.text(), job: { analysis: this.text() } }],
      ['/mars/trip', 'POST', { sites: this.pick([this.text(), [this.text()], 5, null]) }],
      [`/jobs/${encode(this.text())}/cancel`, 'POST', {}],
      [`/queues/${encode(this.text())}/pause`, 'POST', {}],
    ]);
    return {
      path,
      method,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(body)),
      refused: true,
    };
  }

  private header(): Record<string, string> {
    const odd = this.pick([
      'x',
      '*',
      '"',
      'W/"',
      '0'.repeat(2000),
      'bytes=0-',
      'Bearer x',
      ';;;,',
      '\u00e9',
      '-1',
    ]);
    const name = this.pick(
      'if-match if-none-match accept accept-encoding content-encoding range x-request-id authorization idempotency-key prefer origin expect-ct cookie x-forwarded-for if-modified-since'.split(
        ' ',
      ),
    );
    return { [name]: odd };
  }
}

/** Percent-encodes; lone surrogates become the bytes that sloppy programs send for them. */
function encode(text: string): string {
  return Array.from(text)
    .map((letter) => {
      const code = letter.charCodeAt(0);
      if (letter.length === 1 && code >= 0xd800 && code < 0xe000) {
        const bytes = [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
        return bytes.map((byte) => `%${byte.toString(16)}`).join('');
      }
      return encodeURIComponent(letter);
    })
    .join('');
}
