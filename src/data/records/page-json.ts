import { formatVersion } from '../schema.js';
import type { VersionedPage } from './records.service.js';

type PageFacts = Pick<VersionedPage, 'records' | 'total' | 'more' | 'limit' | 'offset' | 'version'>;

/**
 * The answer of a page, put together from the records' JSON texts.
 * @param url path and query of the request, from which the address of the next page is made
 */
export function pageJson(page: PageFacts, url: string): string {
  const rest = {
    total: page.total,
    next: nextPage(page, url),
    version: formatVersion(page.version),
  };
  return `{"records":[${page.records.join(',')}],${JSON.stringify(rest).slice(1)}`;
}

function nextPage({ more, limit, offset }: PageFacts, url: string): string | null {
  if (!more || limit === 0) return null;
  const next = new URL(url, 'http://localhost');
  next.searchParams.set('offset', String(offset + limit));
  return next.pathname + next.search;
}
