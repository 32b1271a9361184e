import type { DatasetAbout, DatasetReader, SqlValue } from '../analyses/analysis.js';
import { Problem } from '../errors/problem.js';
import { readColumns } from './engine/read-columns.js';
import type { Session } from './engine/session.js';
import { parseAggregate } from './query/aggregate/parse.js';
import { readAggregate } from './query/aggregate/read.js';
import type { AggregateSpec } from './query/aggregate/request.js';
import type { Filter } from './query/filter.js';
import { columnNamed } from './query/names.js';
import { Parameters, whereSql } from './query/where.js';

const MAX_ROWS = 100_000;

/**
 * One table, filtered, as analyses read it.
 * @param table name of the table, for SQL
 */
export function readerOf(
  session: Session,
  about: DatasetAbout,
  table: string,
  filter: Filter,
): DatasetReader {
  const recordsSql = (parameters: Parameters): string =>
    `SELECT * FROM ${table} WHERE ${whereSql(about.schema, filter, parameters)}`;
  /** The analysis numbers its values from $1, so those of the filter come after them. */
  const filtered = (sql: string, values: readonly SqlValue[]): [string, SqlValue[]] => {
    const parameters = new Parameters(values);
    const data = `WITH data AS (${recordsSql(parameters)})`;
    return [`${data} SELECT * FROM (${sql})`, parameters.values];
  };
  return {
    about,
    column: (name) => columnNamed('column', name, about.schema.columns),
    async rows<T extends object>(sql: string, values: readonly SqlValue[] = []): Promise<T[]> {
      const [text, all] = filtered(sql, values);
      const rows = await session.texts(
        `SELECT to_json(q)::VARCHAR FROM (${text}) AS q LIMIT ${String(MAX_ROWS + 1)}`,
        all,
      );
      if (rows.length <= MAX_ROWS) return rows.map((row) => JSON.parse(row) as T);
      throw new Problem('result-too-large', `the answer has more than ${String(MAX_ROWS)} rows`);
    },
    columns(sql, values = []) {
      const [text, all] = filtered(sql, values);
      return readColumns(session, text, all);
    },
    async aggregate<T extends object>(spec: AggregateSpec): Promise<T[]> {
      const parameters = new Parameters();
      const records = {
        sql: recordsSql(parameters),
        values: parameters.values,
        range: filter.range,
      };
      const request = parseAggregate(about.schema, spec, 'params.');
      const page = { limit: MAX_ROWS, offset: 0 };
      const { records: rows, total } = await readAggregate(session, records, request, page);
      if (total <= MAX_ROWS) return rows.map((row) => JSON.parse(row) as T);
      throw new Problem('result-too-large', `there are more than ${String(MAX_ROWS)} groups`);
    },
  };
}
