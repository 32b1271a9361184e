import type { DatasetReader } from '../analyses/analysis.js';
import { quoteIdentifier } from '../data/identifier.js';
import { kindOf, type Column } from '../data/schema.js';
import { unique } from './categories.js';
import { count } from './counts.js';
import type { Groups } from './picture.js';
import { labelOf } from './requests.js';

/** The groups of a column, and how a query tells which one a row is in. */
export interface GroupQuery {
  readonly groups: Groups;
  /** SQL of the index of the group of a row of `data`. */
  readonly index: string;
  readonly notes: readonly string[];
}

export interface GroupRequest {
  readonly column: string;
  readonly most: number;
  /** SQL of an aggregate: groups are ranked by it, and the smallest ones share one called "other". */
  readonly rank: string;
  /** SQL of an aggregate by which the groups are sorted, or by their names. */
  readonly sort: { readonly by: 'name' } | { readonly by: 'value'; readonly value: string };
  /** Called so in the note of what was left out: `those with the most rows`. */
  readonly ranked: string;
}

interface Found {
  readonly k: string;
  readonly total: number;
  readonly missing: number;
  readonly s: number | null;
}

/** `station 2` before `station 10`. */
const collator = new Intl.Collator('en', { numeric: true });

/** The groups that are shown one by one; the rest, and rows without a value, are groups at the end. */
export async function groupsOf(
  reader: DatasetReader,
  { column: name, most, rank, sort, ranked }: GroupRequest,
): Promise<GroupQuery> {
  // Parts of a dataset have the same groups.
  const dataset = reader.whole ?? reader;
  const column = dataset.column(name);
  const key = `${quoteIdentifier(name)}::VARCHAR`;
  const value = sort.by === 'value' ? sort.value : '0';
  const found = await dataset.rows<Found>(
    `SELECT k, total, missing, s FROM (
       SELECT k, s, row_number() OVER (ORDER BY r DESC NULLS LAST, k) AS place,
              (count(*) OVER ())::DOUBLE AS total, (SELECT count(*) - count(${key}) FROM data)::DOUBLE AS missing
       FROM (SELECT ${key} AS k, (${rank})::DOUBLE AS r, (${value})::DOUBLE AS s FROM data WHERE ${key} IS NOT NULL GROUP BY ALL)
     ) WHERE place <= ${most + 1} ORDER BY place`,
  );
  const total = found[0]?.total ?? 0;
  // A single group too many is shown rather than called "other".
  const kept = found.slice(0, total === most + 1 ? most + 1 : most);
  const number = kindOf(column) === 'number';
  kept.sort((a, b) =>
    sort.by === 'value' && a.s !== b.s
      ? (b.s ?? -Infinity) - (a.s ?? -Infinity)
      : number
        ? Number(a.k) - Number(b.k)
        : collator.compare(a.k, b.k),
  );
  const others = total - kept.length;
  const missing = await missingIn(dataset, key, found);
  const names = [
    ...kept.map(({ k }) => shown(k, column)),
    ...(others > 0 ? [`other (${count(others)} more)`] : []),
    ...(missing ? ['(no value)'] : []),
  ];
  const listed = kept.map(({ k }) => `'${k.replaceAll("'", "''")}'`);
  const place = listed.length === 0 ? 'NULL' : `list_position([${listed.join(', ')}], ${key})`;
  const note = `${count(kept.length)} of ${count(total)} values of ${name} one by one, ${ranked}`;
  return {
    groups: { label: labelOf(column), names: unique(names), distinct: kept.length },
    index: `CASE WHEN ${key} IS NULL THEN ${names.length - 1} ELSE coalesce(${place} - 1, ${kept.length}) END`,
    notes: others > 0 ? [note] : [],
  };
}

async function missingIn(
  dataset: DatasetReader,
  key: string,
  found: readonly Found[],
): Promise<boolean> {
  const [first] = found;
  if (first !== undefined) return first.missing > 0;
  const [row] = await dataset.rows<{ n: number }>(
    `SELECT count(*) FILTER (${key} IS NULL)::DOUBLE AS n FROM data`,
  );
  return (row?.n ?? 0) > 0;
}

/** `2000` and not `2000.0`, `2024-01-01` and not `2024-01-01 00:00:00`. */
function shown(key: string, column: Column): string {
  if (kindOf(column) === 'number') return key.replace(/\.0$/, '');
  return kindOf(column) === 'time' ? key.replace(/ 00:00:00$/, '') : key;
}
