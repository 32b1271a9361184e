import type { Facet } from '../query/facets.js';
import { formatVersion, type Version } from '../schema.js';

interface PageFacts {
  readonly records: readonly string[];
  readonly total: number | null;
  readonly version: Version;
  readonly facets?: readonly Facet[];
}

/**
 * The answer of a page, put together from the records' JSON texts.
 * @param next address of the next page; null where this is the last one
 */
export function pageJson(page: PageFacts, next: string | null): string {
  const rest = { total: page.total, next, version: formatVersion(page.version) };
  const facets = page.facets === undefined ? '' : `"facets":${facetsJson(page.facets)},`;
  return `{"records":[${page.records.join(',')}],${facets}${JSON.stringify(rest).slice(1)}`;
}

function facetsJson(facets: readonly Facet[]): string {
  const members = facets.map(({ column, values, ...rest }) => {
    const counts = values.map(({ value, count }) => `{"value":${value},"count":${String(count)}}`);
    const facet = `{"values":[${counts.join(',')}],${JSON.stringify(rest).slice(1)}`;
    return `${JSON.stringify(column)}:${facet}`;
  });
  return `{${members.join(',')}}`;
}

/**
 * The address of a next page.
 * @param url path and query of the request
 * @param place parameters that tell where it begins; null leaves one out
 */
export function nextUrl(url: string, place: Readonly<Record<string, string | null>>): string {
  const next = new URL(url, 'http://localhost');
  for (const [name, value] of Object.entries(place)) {
    if (value === null) next.searchParams.delete(name);
    else next.searchParams.set(name, value);
  }
  return next.pathname + next.search;
}
