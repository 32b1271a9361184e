import { Injectable } from '@nestjs/common';

import type { DatasetAbout, DatasetReader } from '../analyses/analysis.js';
import { readerOf } from './dataset-reader.js';
import { DatasetAccess, type RawFilter } from './dataset-access.js';
import { parseFilter } from './query/filter.js';
import { Replicas } from './replica/replicas.js';
import { formatVersion, type Schema, type Version } from './schema.js';
import type { DatasetRecord } from './store/dataset-record.js';
import { DatasetStore } from './store/dataset-store.js';

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
