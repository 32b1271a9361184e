/** What came back from a request: the body parsed where it is JSON, else its text. */
export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
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
  const raw = typeof body === 'string' || body instanceof Uint8Array;
  const response = await fetch(url, {
    method,
    headers: {
      ...(body !== undefined && !raw ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return {
    status: response.status,
    headers: response.headers,
    body: (isJson && text !== '' ? JSON.parse(text) : text) as T,
  };
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
