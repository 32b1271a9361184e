import { Inject, Injectable } from '@nestjs/common';

import { CONFIGURATION } from '../../config/config.module.js';
import type { Configuration } from '../../config/configuration.js';
import { Problem } from '../../errors/problem.js';
import {
  Operation,
  type OperationOutcome,
  type OperationTask,
} from '../../operations/operation.js';
import { BooleanField, TextField } from '../../parameters/fields.js';
import { UploadStore } from '../store/upload-store.js';
import { DatasetLoads, outcomeOf } from './dataset-loads.js';
import { LoadParameters } from './load-parameters.js';
import { UploadReceiver } from './upload-receiver.js';

export const LOAD_UPLOAD = 'load';

/** An upload that waits in Redis, and how it is to be loaded. */
export class LoadUploadParameters extends LoadParameters {
  @TextField({ description: 'Id of the upload.', example: '161207aa-9fe7-4caa-95b8-27f5bcbb16e7' })
  upload!: string;

  @BooleanField({ description: 'Whether it is UTF-8 without NUL.', example: true })
  plainText!: boolean;

  @TextField({ description: 'Media type as it was sent.', optional: true })
  contentType?: string;
}

/** Loads an upload whose sender did not wait: it lies in Redis until this is done, whoever runs it. */
@Injectable()
export class LoadUploadOperation extends Operation<LoadUploadParameters> {
  readonly name = LOAD_UPLOAD;
  readonly title = 'Load a dataset';
  readonly description =
    'Loads an upload that was sent with `Prefer: respond-async`. Its result is the load report.';
  readonly params = LoadUploadParameters;
  readonly example = { upload: '161207aa-9fe7-4caa-95b8-27f5bcbb16e7', plainText: true };
  override readonly dataset = 'named';
  override readonly timeout: number;

  constructor(
    @Inject(CONFIGURATION) configuration: Configuration,
    private readonly uploads: UploadStore,
    private readonly receiver: UploadReceiver,
    private readonly loads: DatasetLoads,
  ) {
    super();
    this.timeout = 2 * configuration.loadTimeout;
  }

  async run(
    { upload: id, plainText, contentType, ...parameters }: LoadUploadParameters,
    task: OperationTask,
  ): Promise<OperationOutcome> {
    const name = task.dataset ?? '';
    const done = await this.loads.doneBy(name, task.job);
    if (done !== null) return done;
    return this.receiver.inFolder(async (file) => {
      task.log('fetching the upload');
      if (!(await this.uploads.fetch(id, file))) {
        throw new Problem('unreadable-file', 'the upload is not kept any more; send it again');
      }
      task.progress(0.2);
      try {
        const { version, outcome } = await this.loads.load(
          name,
          { file, plainText, contentType },
          parameters,
          { job: task.job, signal: task.signal },
        );
        await this.uploads.remove(id);
        return outcomeOf(outcome.report, version);
      } catch (error) {
        if (error instanceof Problem && error.code !== 'storage-unavailable')
          await this.uploads.remove(id);
        throw error;
      }
    });
  }
}
