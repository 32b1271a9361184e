import { Injectable } from '@nestjs/common';

import { DatasetStore } from '../store/dataset-store.js';
import type { DatasetRecord } from '../store/dataset-record.js';
import type { LoadReport } from '../load/request.js';
import type { Reject } from '../load/source.js';
import { formatVersion } from '../schema.js';
import { RejectStore } from '../store/reject-store.js';
import { SourceStore } from '../store/source-store.js';
import { datasetSummary, declaredSummary, declaredView } from './dataset-view.js';
import type { DescribeParameters } from './load-parameters.js';

export interface RejectedRows {
  readonly rejects: readonly Reject[];
  /** All refused rows. */
  readonly total: number;
  /** Those of them that can be read here. */
  readonly kept: number;
  readonly next: string | null;
  readonly version: string;
}

/** The list of datasets and what is said about each. */
@Injectable()
export class DatasetsService {
  constructor(
    private readonly store: DatasetStore,
    private readonly sources: SourceStore,
    private readonly rejected: RejectStore,
  ) {}

  /** All datasets by name, those too that were only declared so far. */
  async list(): Promise<Record<string, unknown>[]> {
    const [records, sources] = await Promise.all([this.store.list(), this.sources.all()]);
    const loaded = new Set(records.map(({ name }) => name));
    const declared = [...sources].filter(([name]) => !loaded.has(name));
    return [
      ...records.map(datasetSummary),
      ...declared.map(([name, source]) => declaredSummary(name, source)),
    ].sort((a, b) => (String(a['name']) < String(b['name']) ? -1 : 1));
  }

  /** A dataset that was declared by its source and never loaded; null for any other. */
  async declared(name: string): Promise<Record<string, unknown> | null> {
    if ((await this.store.state(name)) !== null) return null;
    const source = await this.sources.find(name);
    return source === null ? null : declaredView(name, source);
  }

  get(name: string): Promise<DatasetRecord> {
    return this.store.get(name);
  }

  async report(name: string): Promise<LoadReport> {
    return (await this.store.get(name)).report;
  }

  /** A page of the rows that the last load refused. */
  async rejects(
    name: string,
    { offset, limit }: { readonly offset: number; readonly limit: number },
  ): Promise<RejectedRows> {
    const { version, report } = await this.store.get(name);
    const { kept, rejects } = await this.rejected.page(name, offset, limit);
    const end = offset + rejects.length;
    const more = rejects.length > 0 && end < kept;
    const next = `/datasets/${name}/rejects?offset=${String(end)}&limit=${String(limit)}`;
    return {
      rejects,
      total: report.refused,
      kept,
      next: more ? next : null,
      version: formatVersion(version),
    };
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
