import type { FastifyReply } from 'fastify';

import { matchesEtag } from '../../http/etag.js';
import type { StoredResult } from './result-store.js';

/** Types in which a browser would run scripts under the address of the service. */
const ACTIVE = /^(text\/html|application\/xhtml\+xml|text\/xml|application\/xml)\b/;

export const etagOf = ({ hash }: StoredResult): string => `"${hash}"`;

/** Whether the caller has these bytes already, by its `If-None-Match`. */
export function isKnown(result: StoredResult, ifNoneMatch: string | undefined): boolean {
  return matchesEtag(ifNoneMatch, etagOf(result));
}

/** Headers of the bytes of a result. They come from an analysis, so no browser may take them for a page. */
export function describeResult(reply: FastifyReply, result: StoredResult): void {
  reply.headers({
    'content-type': result.type,
    etag: etagOf(result),
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
