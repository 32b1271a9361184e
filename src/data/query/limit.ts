/** SQL for a part of the rows: at most so many, or all, after the first so many; '' for all. */
export const limitSql = (limit: number | undefined, offset = 0): string =>
  [
    ...(limit === undefined ? [] : [`LIMIT ${String(limit)}`]),
    ...(offset === 0 ? [] : [`OFFSET ${String(offset)}`]),
  ].join(' ');
