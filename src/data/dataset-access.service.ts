import { Injectable } from '@nestjs/common';

import type { DatasetAbout, DatasetReader, SqlValue } from '../analyses/analysis.js';
import { Problem } from '../errors/problem.js';
import { DatasetAccess, type RawFilter } from './dataset-access.js';
import { readColumns } from './engine/read-columns.js';
import type { Session } from './engine/session.js';
import { parseAggregate } from './query/aggregate/parse.js';
import { readAggregate } from './query/aggregate/read.js';
import type { AggregateSpec } from './query/aggregate/request.js';
import { columnNamed } from './query/names.js';
import { parseFilter, type Filter } from './query/filter.js';
import { Parameters, whereSql } from './query/where.js';
import { Replicas } from './replica/replicas.js';
import { formatVersion, type Schema, type Version } from './schema.js';
import type { DatasetRecord } from './store/dataset-record.js';
import { DatasetStore } from './store/dataset-store.js';

const MAX_ROWS = 100_000;

/** Datasets as jobs see them. */
@Injectable()
export class DatasetAccessService extends DatasetAccess {
  constructor(
    private readonly datasets: DatasetStore,
    private readonly replicas: Replicas,
  ) {
    super();
  }

  async describe(name: string): Promise<DatasetAbout> {
    const record = await this.datasets.get(name);
    return aboutOf(record, record.schema, record.version);
  }

  checkFilter(about: DatasetAbout, filter: RawFilter): void {
    parseFilter(about.schema, filter, 'filter.');
  }

  async read<T>(
    name: string,
    filter: RawFilter,
    signal: AbortSignal,
    use: (reader: DatasetReader) => Promise<T>,
  ): Promise<T> {
    const replica = await this.replicas.current(name);
    const record = await this.datasets.get(name);
    const { schema, table } = replica;
    const parsed = parseFilter(schema, filter, 'filter.');
    return replica.read(
      (session, version) => {
        const about = aboutOf(record, schema, version);
        return use(readerOf(session, about, table, parsed));
      },
      { signal, timeout: false },
    );
  }
}

function readerOf(
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

function aboutOf(record: DatasetRecord, schema: Schema, version: Version): DatasetAbout {
  const { citation } = record.about;
  return {
    name: record.name,
    title: record.about.title ?? record.name,
    schema,
    version: formatVersion(version),
    ...(citation === undefined ? {} : { citation }),
  };
}
