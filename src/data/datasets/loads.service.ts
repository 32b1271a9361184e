import type { Readable } from 'node:stream';

import { Injectable } from '@nestjs/common';

import type { JobRecord } from '../../jobs/job.js';
import { JobsService } from '../../jobs/jobs.service.js';
import type { RawQuery } from '../query/parse-query.js';
import { UploadStore } from '../store/upload-store.js';
import { checkName, DatasetLoads, type Loaded } from './dataset-loads.js';
import { LOAD_UPLOAD } from './load-upload.operation.js';
import { UploadReceiver } from './upload-receiver.js';

/** Loads from uploads: at once, or as a job where the sender does not wait. */
@Injectable()
export class LoadsService {
  constructor(
    private readonly receiver: UploadReceiver,
    private readonly loads: DatasetLoads,
    private readonly uploads: UploadStore,
    private readonly jobs: JobsService,
  ) {}

  /** @throws Problem for whatever is wrong with the name, the parameters or the file */
  async load(
    name: string,
    body: Readable | undefined,
    contentType: string | undefined,
    query: RawQuery,
  ): Promise<Loaded> {
    checkName(name);
    try {
      return await this.receiver.receive(body, contentType, query, ({ upload, parameters }) =>
        this.loads.load(name, upload, parameters),
      );
    } finally {
      this.loads.warm();
    }
  }

  /**
   * Takes an upload and leaves the loading to a job. The upload is in Redis before the job is.
   * @throws Problem for whatever can be seen without reading the file
   */
  async loadLater(
    name: string,
    body: Readable | undefined,
    contentType: string | undefined,
    query: RawQuery,
  ): Promise<JobRecord> {
    checkName(name);
    return this.receiver.receive(body, contentType, query, async ({ upload, parameters }) => {
      this.loads.check(name, upload, parameters);
      const id = await this.uploads.keep(upload.file);
      const { plainText, contentType: type } = upload;
      const params = Object.assign({} as Record<string, unknown>, parameters, {
        upload: id,
        plainText,
        ...(type === undefined ? {} : { contentType: type }),
      });
      return this.jobs.submitOperation(LOAD_UPLOAD, { dataset: name, params });
    });
  }
}
