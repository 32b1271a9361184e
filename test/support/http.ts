import supertest, { type Test } from 'supertest';

/** What came back from a request: the body parsed where it is JSON, else its text. */
export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: T;
}

export interface Sent {
  readonly method?: string;
  /** An object is sent as JSON, bytes and text as they are. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const DEADLINE_MS = 30_000;

export async function http<T = Record<string, unknown>>(
  url: string,
  { method = 'GET', body, headers = {} }: Sent = {},
): Promise<Answer<T>> {
  const { origin } = new URL(url);
  const path = url.slice(origin.length);
  const methods = {
    GET: 'get',
    HEAD: 'head',
    PUT: 'put',
    POST: 'post',
    PATCH: 'patch',
    DELETE: 'delete',
  } as const;
  const test: Test = supertest(origin)
    [methods[method as keyof typeof methods]](path)
    .set(headers)
    .redirects(0)
    .timeout(DEADLINE_MS)
    .buffer(true)
    .parse(readText as never);
  const raw = typeof body === 'string' || body instanceof Uint8Array;
  if (raw) test.serialize((bytes: unknown) => bytes as string);
  const answer = await (body === undefined ? test : test.send(body as string | object));
  const text = typeof answer.body === 'string' ? answer.body : '';
  const isJson = String(answer.headers['content-type']).includes('json');
  return {
    status: answer.status,
    headers: {
      get: (name) => (answer.headers as Record<string, string>)[name.toLowerCase()] ?? null,
    },
    body: (isJson && text !== '' ? JSON.parse(text) : text) as T,
  };
}

function readText(
  response: NodeJS.ReadableStream,
  done: (error: Error | null, text: string) => void,
): void {
  let text = '';
  response.setEncoding('utf8');
  response.on('data', (part: string) => {
    text += part;
  });
  response.on('end', () => {
    done(null, text);
  });
}

/** A problem document. */
export interface ProblemBody {
  readonly code: string;
  readonly detail: string;
  readonly status: number;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
  readonly near?: readonly string[];
}

/** A page of records. */
export interface PageBody {
  readonly records: readonly Readonly<Record<string, unknown>>[];
  readonly total: number | null;
  readonly next: string | null;
  readonly version: string;
}
