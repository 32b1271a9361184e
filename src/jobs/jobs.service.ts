import { randomUUID } from 'node:crypto';

import { Injectable } from '@nestjs/common';

import { OperationRegistry } from '../operations/operation-registry.js';
import type { JobPlan, JobRecord } from './job.js';
import { JobQueue } from './queue/job-queue.js';
import { JobPlanner } from './requests/job-planner.js';
import { OperationPlanner, type OperationRequest } from './requests/operation-planner.js';
import type { SubmitJob } from './requests/submit-job.js';
import { JobStore, type LogLine } from './store/job-store.js';

/** Submitting jobs and looking at them. */
@Injectable()
export class JobsService {
  constructor(
    private readonly planner: JobPlanner,
    private readonly operations: OperationRegistry,
    private readonly forOperation: OperationPlanner,
    private readonly store: JobStore,
    private readonly queue: JobQueue,
  ) {}

  /**
   * Accepts work: the record is written first, so the job exists before anybody knows its id, whatever
   * becomes of the message in the queue.
   * @throws Problem for whatever is wrong with the request
   */
  async submit(request: SubmitJob): Promise<JobRecord> {
    return this.accept(await this.planner.plan(request));
  }

  /**
   * Accepts an operation, whether or not POST /jobs takes it.
   * @throws Problem for whatever is wrong with the request
   */
  async submitOperation(name: string, request: OperationRequest): Promise<JobRecord> {
    return this.accept(await this.forOperation.plan(this.operations.get(name), request));
  }

  /** @throws Problem `unknown-job` */
  async find(id: string): Promise<JobRecord> {
    return this.store.find(id);
  }

  private async accept(plan: JobPlan): Promise<JobRecord> {
    const record = await this.store.submit(randomUUID(), plan);
    await this.queue.add(record.id);
    return record;
  }

  /** @throws Problem `unknown-job` */
  async log(id: string): Promise<readonly LogLine[]> {
    await this.store.find(id);
    return this.store.log(id);
  }
}
