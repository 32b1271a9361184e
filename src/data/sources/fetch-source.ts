import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { once } from 'node:events';

import { Problem } from '../../errors/problem.js';
import { checkAddress, guardedLookup, type AddressPolicy } from './address-policy.js';
import { sourceUrl } from './source-url.js';

const MAX_REDIRECTS = 5;
const CONNECT_MS = 15_000;
/** Longest silence of a source. */
const IDLE_MS = 30_000;

/** What a source says of its content, for asking again whether it has changed. */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export interface Fetched extends Validators {
  readonly body: IncomingMessage;
  readonly contentType: string | undefined;
  /** Bytes that were announced. */
  readonly bytes: number | null;
  /** Where it came from in the end. */
  readonly url: string;
}

export interface FetchOptions {
  readonly allowed: AddressPolicy;
  /** Of the content that is there already: then an unchanged source is not fetched. */
  readonly known: Validators | null;
  readonly signal: AbortSignal;
}

/**
 * Asks a source for its content. Each hop of a redirect is judged like the first: its scheme, and the
 * address that the connection really goes to.
 * @returns null where the content is the known one
 * @throws Problem `source-refused`, `source-failed`
 */
export async function fetchSource(text: string, options: FetchOptions): Promise<Fetched | null> {
  let url = sourceUrl(text, options.allowed);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const response = await ask(url, options);
    const { statusCode = 0, headers } = response;
    if (statusCode === 304 && options.known !== null) {
      response.destroy();
      return null;
    }
    if ([301, 302, 303, 307, 308].includes(statusCode) && headers.location !== undefined) {
      response.destroy();
      url = nextUrl(url, headers.location, options.allowed);
      continue;
    }
    if (statusCode === 200) return fetched(url, response);
    response.destroy();
    throw new Problem('source-failed', `${url.host} answered ${String(statusCode)}`);
  }
  throw new Problem('source-failed', `more than ${String(MAX_REDIRECTS)} redirects`);
}

function nextUrl(from: URL, location: string, allowed: AddressPolicy): URL {
  const next = URL.canParse(location, from.href) ? new URL(location, from.href).href : location;
  const url = sourceUrl(next, allowed);
  if (from.protocol === 'https:' && url.protocol === 'http:') {
    throw new Problem('source-refused', `${from.host} leads from https: to http:`);
  }
  return url;
}

async function ask(url: URL, { allowed, known, signal }: FetchOptions): Promise<IncomingMessage> {
  const options: RequestOptions = {
    agent: false,
    signal,
    timeout: IDLE_MS,
    headers: {
      accept: '*/*',
      'accept-encoding': 'identity',
      'user-agent': 'almanac',
      ...(known?.etag == null ? {} : { 'if-none-match': known.etag }),
      ...(known?.lastModified == null ? {} : { 'if-modified-since': known.lastModified }),
    },
    lookup: guardedLookup(allowed),
  };
  const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options);
  const silent = (): void => {
    request.destroy(new Problem('source-failed', `${url.host} was silent for too long`));
  };
  request.on('timeout', silent);
  const timer = setTimeout(silent, CONNECT_MS + IDLE_MS);
  request.end();
  try {
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    checkAddress(url.host, response.socket.remoteAddress ?? '', allowed);
    return response;
  } catch (error) {
    request.destroy();
    if (error instanceof Problem || signal.aborted) throw error;
    throw new Problem('source-failed', `${url.host} cannot be reached: ${reasonOf(error)}`);
  } finally {
    clearTimeout(timer);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EAI_AGAIN: 'its name cannot be looked up at the moment; is there a network? (EAI_AGAIN)',
  ENOTFOUND: 'there is no such name (ENOTFOUND)',
};

function reasonOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? (code === '' ? message : code);
}

function fetched(url: URL, response: IncomingMessage): Fetched {
  const { headers } = response;
  const encoding = headers['content-encoding'] ?? 'identity';
  if (!['identity', 'gzip', 'x-gzip'].includes(encoding)) {
    response.destroy();
    throw new Problem(
      'source-failed',
      `${url.host} compresses with ${encoding}, which is not read`,
    );
  }
  const type = headers['content-type'];
  if (/^\s*(text\/html|application\/xhtml)/i.test(type ?? '')) {
    response.destroy();
    throw new Problem('source-failed', `${url.host} answered with a page, not with a table`);
  }
  const length = Number(headers['content-length']);
  return {
    body: response,
    contentType: type,
    bytes: Number.isSafeInteger(length) && length > 0 ? length : null,
    etag: headers.etag ?? null,
    lastModified: headers['last-modified'] ?? null,
    url: url.href,
  };
}
