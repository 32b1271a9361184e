import { typeOfResult } from './functions.js';
import type { AggregateRequest } from './request.js';

/**
 * The figures with those of empty buckets put in, as SQL over the CTE `joined`, where `missing` marks an
 * empty bucket. A bucket with records keeps what it has. With `null` and `zero` counts are 0, as they are.
 * @param groups names of the group columns in the SQL
 */
export function fillSql(
  { aggregates, fill }: AggregateRequest,
  groups: readonly string[],
): string[] {
  const partition = groups.length === 0 ? '' : `PARTITION BY ${groups.join(', ')} `;
  const over = `OVER (${partition}ORDER BY b NULLS LAST)`;
  return aggregates.map(({ function: fn, column }, index) => {
    const figure = `a${String(index)}`;
    const number = ['integer', 'int64', 'number'].includes(typeOfResult(fn, column));
    const counts = fn.name === 'count' || fn.name === 'distinct';
    const put = (): string => {
      if (fill === 'previous') return `lag(${figure} IGNORE NULLS) ${over}`;
      if (fill === 'linear' && number) return betweenSql(figure, over);
      return counts || (fill === 'zero' && number) ? '0' : 'NULL';
    };
    return `CASE WHEN missing THEN ${put()} ELSE ${figure} END AS ${figure}`;
  });
}

/** A straight line between the nearest buckets that have a value; null before the first and after the last. */
function betweenSql(figure: string, over: string): string {
  const time = `epoch_ms(b::TIMESTAMP)`;
  const known = `CASE WHEN ${figure} IS NOT NULL THEN ${time} END`;
  const [before, after] = ['lag', 'lead'].map((side) => `${side}(${figure} IGNORE NULLS) ${over}`);
  const [from, to] = ['lag', 'lead'].map((side) => `${side}(${known} IGNORE NULLS) ${over}`);
  return `(${before ?? ''}) + ((${after ?? ''}) - (${before ?? ''})) * ((${time} - (${from ?? ''})) / ((${to ?? ''}) - (${from ?? ''})))`;
}
