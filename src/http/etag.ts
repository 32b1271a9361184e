import { createHash } from 'node:crypto';

/** Documents the header that asks whether something has changed. */
export const IF_NONE_MATCH = {
  name: 'if-none-match',
  required: false,
  description: 'ETag that the caller has; 304 where it still holds.',
};

/** The ETag of an answer that is sent as JSON. */
export const etagOfJson = (answer: unknown): string =>
  `"${createHash('sha256').update(JSON.stringify(answer)).digest('base64url').slice(0, 22)}"`;

/** Whether `If-None-Match` names this ETag. */
export function matchesEtag(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const known = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return known.includes('*') || known.includes(etag);
}
