import { Inject, Injectable } from '@nestjs/common';

import { CONFIGURATION } from '../../config/config.module.js';
import type { Configuration } from '../../config/configuration.js';
import { DatasetAccess } from '../../data/dataset-access.js';
import { Problem } from '../../errors/problem.js';
import type { Operation } from '../../operations/operation.js';
import { validateJson } from '../../parameters/validate.js';
import type { JobPlan } from '../job.js';
import { commonOf } from './common-fields.js';
import { jobTimeout } from './job-timeout.js';
import type { SubmitJob } from './submit-job.js';

/** A request for an operation: the fields of POST /jobs that it may have. */
export type OperationRequest = Pick<
  SubmitJob,
  'dataset' | 'params' | 'label' | 'timeout' | 'priority' | 'delay' | 'attempts' | 'callback'
>;

/** Makes a request for an operation into a plan: complete, and checked. */
@Injectable()
export class OperationPlanner {
  constructor(
    private readonly datasets: DatasetAccess,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  /** @throws Problem with the field at fault, `unknown-dataset` */
  async plan(operation: Operation, request: OperationRequest): Promise<JobPlan> {
    const { name, params, timeout } = operation;
    const most = timeout ?? this.configuration.jobTimeout;
    const limit = jobTimeout(request.timeout, most, timeout === null ? 'JOB_TIMEOUT' : name);
    const checked = validateJson(params, request.params ?? {}, 'params.');
    const dataset = this.datasetOf(operation, request.dataset);
    const exists = operation.dataset === 'existing';
    return {
      analysis: name,
      dataset: dataset ?? '',
      params: checked as Record<string, unknown>,
      filter: {},
      ...commonOf(request, this.configuration),
      timeout: limit,
      question: null,
      wanted: null,
      version: exists && dataset !== null ? (await this.datasets.describe(dataset)).version : '',
    };
  }

  private datasetOf(operation: Operation, given: string | undefined): string | null {
    if (operation.dataset === 'none') {
      if (given === undefined) return null;
      throw Problem.field('invalid-parameter', 'dataset', `${operation.name} takes no dataset`);
    }
    return given ?? this.configuration.defaultDataset;
  }
}
