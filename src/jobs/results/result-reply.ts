import type { IncomingHttpHeaders } from 'node:http';

import type { FastifyReply } from 'fastify';

import { contentRange, rangeOf, type ByteRange } from '../../http/byte-range.js';
import { matchesEtag } from '../../http/etag.js';
import type { StoredResult } from './result-store.js';

/** Types in which a browser would run scripts under the address of the service. */
const ACTIVE = /^(text\/html|application\/xhtml\+xml|text\/xml|application\/xml)\b/;

export const etagOf = ({ hash }: StoredResult): string => `"${hash}"`;

/** Whether the caller has these bytes already, by its `If-None-Match`. */
export function isKnown(result: StoredResult, ifNoneMatch: string | undefined): boolean {
  return matchesEtag(ifNoneMatch, etagOf(result));
}

/**
 * The part that a request asks for; null where it is to have all. Parts are of GET alone.
 * @throws Problem `range-not-satisfiable`
 */
export function partOf(
  result: StoredResult,
  method: string,
  { range, 'if-range': ifRange }: IncomingHttpHeaders,
): ByteRange | null {
  if (method !== 'GET') return null;
  return rangeOf(
    { range, ifRange: ifRange?.toString() },
    { size: result.size, etag: etagOf(result) },
  );
}

export function describePart(reply: FastifyReply, { size }: StoredResult, part: ByteRange): void {
  reply.code(206).header('content-range', contentRange(part, size));
}

/** Headers of the bytes of a result. They come from an analysis, so no browser may take them for a page. */
export function describeResult(reply: FastifyReply, result: StoredResult): void {
  reply.headers({
    'content-type': result.type,
    etag: etagOf(result),
    'accept-ranges': 'bytes',
    ...(result.version === '' ? {} : { 'dataset-version': result.version }),
    'cache-control': 'private, max-age=0, must-revalidate',
    'x-content-type-options': 'nosniff',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
  });
  const saved = reply.hasHeader('content-disposition');
  if (ACTIVE.test(result.type) && !saved) attach(reply, result.name);
}

/** Makes a browser, and `curl -OJ`, save the bytes under a name. */
export function attach(reply: FastifyReply, name: string): void {
  const ascii = name.replace(/[^\w.-]/g, '_');
  reply.header('content-disposition', `attachment; filename="${ascii}"`);
}
