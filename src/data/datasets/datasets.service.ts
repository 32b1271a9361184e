import { Injectable } from '@nestjs/common';

import { DatasetStore } from '../store/dataset-store.js';
import type { DatasetRecord } from '../store/dataset-record.js';
import type { LoadReport } from '../load/request.js';
import type { DescribeParameters } from './load-parameters.js';

/** The list of datasets and what is said about each. */
@Injectable()
export class DatasetsService {
  constructor(private readonly store: DatasetStore) {}

  list(): Promise<DatasetRecord[]> {
    return this.store.list();
  }

  get(name: string): Promise<DatasetRecord> {
    return this.store.get(name);
  }

  async report(name: string): Promise<LoadReport> {
    return (await this.store.get(name)).report;
  }

  async describe(name: string, said: DescribeParameters): Promise<DatasetRecord> {
    const record = await this.store.get(name);
    await this.store.describe(name, Object.assign({}, record.about, said), record.schema);
    return this.store.get(name);
  }

  remove(name: string): Promise<void> {
    return this.store.remove(name);
  }
}
