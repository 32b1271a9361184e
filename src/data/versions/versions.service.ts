import { Injectable } from '@nestjs/common';

import { exportedSchema, type ExportedSchema } from '../export/exported-schema.js';
import { formatVersion, type Version } from '../schema.js';
import type { DatasetRecord } from '../store/dataset-record.js';
import { DatasetStore } from '../store/dataset-store.js';
import { KeptLoads } from '../store/kept-loads.js';

export interface VersionView {
  readonly number: number;
  readonly version: string;
  readonly current: boolean;
  readonly rows: number;
  readonly bytes: number;
  readonly format: string;
  readonly source: string | null;
  readonly loaded: string;
  readonly links: { readonly records: string; readonly export: string };
}

/** The loads of a dataset that are kept, and what is the same for all readers of one. */
@Injectable()
export class VersionsService {
  constructor(
    private readonly datasets: DatasetStore,
    private readonly kept: KeptLoads,
  ) {}

  /** Newest first. @throws Problem `unknown-dataset` */
  async list(name: string): Promise<{ versions: VersionView[]; version: Version }> {
    const { version } = await this.datasets.get(name);
    const loads = await this.kept.list(name);
    const versions = loads.map(({ load, rows, bytes, format, source, loaded }) => ({
      number: load,
      version: formatVersion({ load, edit: 0 }),
      current: load === version.load,
      rows,
      bytes,
      format,
      source,
      loaded,
      links: {
        records: `/datasets/${name}/records?version=${String(load)}`,
        export: `/datasets/${name}/export?version=${String(load)}`,
      },
    }));
    return { versions, version };
  }

  /** @throws Problem `unknown-dataset`, `version-gone` */
  async schema(name: string, load?: number): Promise<{ schema: ExportedSchema; version: Version }> {
    const { schema, version } = await this.at(name, load);
    return { schema: exportedSchema(schema), version };
  }

  /** The record of a dataset as of its newest version, or as of a kept load. */
  async at(name: string, load?: number): Promise<DatasetRecord> {
    const record = await this.datasets.get(name);
    if (load === undefined) return record;
    const { schema, rows, loaded } = await this.kept.get(name, load);
    return { ...record, schema, rows, loaded, version: { load, edit: 0 } };
  }
}
