import { createReadStream } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';

import { Injectable } from '@nestjs/common';

import { Catalog } from '../../catalog/catalog.js';
import type { JobRecord } from '../../jobs/job.js';
import { DatasetsService } from '../datasets/datasets.service.js';
import { LoadsService } from '../datasets/loads.service.js';
import type { RawQuery } from '../query/parse-query.js';
import type { LoadReport } from '../load/request.js';
import type { DatasetRecord } from '../store/dataset-record.js';
import { SourcesService } from './sources.service.js';

/** A request whose body, where there is one, is a file. */
export interface ReloadRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export interface Reloaded {
  readonly record: DatasetRecord;
  readonly report: LoadReport;
  readonly created: boolean;
}

/** Loads a dataset with one request: from its body, or where that is empty from its sample or source. */
@Injectable()
export class Reload {
  constructor(
    private readonly datasets: DatasetsService,
    private readonly loads: LoadsService,
    private readonly sources: SourcesService,
    private readonly catalog: Catalog,
  ) {}

  /**
   * @returns the dataset, or the job where the source takes long
   * @throws Problem for whatever is wrong with the file, `source-failed`, `no-source`
   */
  async load(
    name: string,
    { headers, body }: ReloadRequest,
    query: RawQuery,
    signal: AbortSignal,
  ): Promise<Reloaded | { readonly job: JobRecord }> {
    const sample = this.catalog.find(name)?.sample;
    const [file, type] = hasBody(headers)
      ? [body as Readable, headers['content-type']]
      : [sample === undefined ? null : createReadStream(sample), 'application/json'];
    if (file !== null) {
      const { created } = await this.loads.load(name, file, type, query);
      return this.loaded(name, created);
    }
    const job = await this.sources.loadNow(name, signal);
    return job.status === 'complete' ? this.loaded(name, true) : { job };
  }

  private async loaded(name: string, created: boolean): Promise<Reloaded> {
    const record = await this.datasets.get(name);
    return { record, report: record.report, created };
  }
}

const hasBody = (headers: IncomingHttpHeaders): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
