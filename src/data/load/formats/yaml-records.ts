import { Problem } from '../../../errors/problem.js';
import { PlainScalar } from './yaml-values.js';

const MAX_DEPTH = 8;

type Mapping = Readonly<Record<string, unknown>>;

export interface FoundRecords {
  readonly records: Iterable<unknown>;
  /** Dotted path of the list; null where the document is the list. */
  readonly path: string | null;
}

const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof PlainScalar);

/**
 * The records of a parsed document: the document itself, the first list of mappings in it, or a
 * mapping of equally long lists.
 * @param wanted dotted path of the list
 * @throws Problem `unreadable-file`
 */
export function recordsIn(document: unknown, wanted: string | undefined): FoundRecords {
  const start = wanted === undefined ? document : valueAt(document, wanted.split('.'));
  const path = wanted ?? null;
  if (Array.isArray(start)) return { records: start, path };
  if (wanted === undefined) {
    const found = firstList(document, []);
    if (found !== null) return found;
  }
  const lists = isMapping(start) ? Object.entries(start) : [];
  const length = Array.isArray(lists[0]?.[1]) ? lists[0][1].length : 0;
  const areLists = lists.every(([, list]) => Array.isArray(list) && list.length === length);
  if (length > 0 && areLists) {
    return { records: acrossLists(lists as [string, unknown[]][], length), path };
  }
  const where = wanted === undefined ? '' : ` at the path "${wanted}"`;
  throw new Problem(
    'unreadable-file',
    `the YAML holds no list of mappings${where}, and it is no mapping of equally long lists`,
  );
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (isMapping(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
    value,
  );
}

function firstList(value: unknown, path: readonly string[]): FoundRecords | null {
  if (!isMapping(value) || path.length > MAX_DEPTH) return null;
  for (const [key, inner] of Object.entries(value)) {
    const at = [...path, key];
    if (Array.isArray(inner) && isMapping(inner[0])) return { records: inner, path: at.join('.') };
    const found = firstList(inner, at);
    if (found !== null) return found;
  }
  return null;
}

function* acrossLists(lists: readonly [string, unknown[]][], length: number): Iterable<Mapping> {
  for (let i = 0; i < length; i++) {
    yield Object.fromEntries(lists.map(([key, list]) => [key, list[i]]));
  }
}
