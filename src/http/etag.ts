import { createHash } from 'node:crypto';

/** Documents the header that asks whether something has changed. */
export const IF_NONE_MATCH = {
  name: 'if-none-match',
  required: false,
  description: 'ETag that the caller has; 304 where it still holds.',
};

/** The ETag of an answer that is sent as this text. */
export const etagOfText = (text: string): string =>
  `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;

/** The ETag of an answer that is sent as JSON. */
export const etagOfJson = (answer: unknown): string => etagOfText(JSON.stringify(answer));

/** Weak or not does not matter to `If-None-Match`. */
const opaque = (etag: string): string => etag.replace(/^W\//, '');

/** Whether `If-None-Match` names this ETag. */
export function matchesEtag(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const known = ifNoneMatch.split(',').map((tag) => opaque(tag.trim()));
  return known.includes('*') || known.includes(opaque(etag));
}
