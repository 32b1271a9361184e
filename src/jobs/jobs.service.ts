import { randomUUID } from 'node:crypto';

import { Injectable } from '@nestjs/common';

import { OperationRegistry } from '../operations/operation-registry.js';
import { JobFollower } from './follow/job-follower.js';
import { OutlookService, type Outlook } from './follow/outlook.service.js';
import { isFinished, type JobPlan, type JobRecord } from './job.js';
import { JobPlanner } from './requests/job-planner.js';
import { OperationPlanner, type OperationRequest } from './requests/operation-planner.js';
import { fingerprint } from './requests/question.js';
import type { SubmitJob } from './requests/submit-job.js';
import { ResultStore } from './results/result-store.js';
import { JobStore, type LogLine } from './store/job-store.js';

/** How a request is to be met. */
export interface SubmitOptions {
  /** Computes the answer in any case. */
  readonly fresh?: boolean;
  /** The request with this key is accepted once in 24 hours. */
  readonly idempotencyKey?: string | undefined;
  /** Names of the results of an analysis that are to be made; all by default. */
  readonly wanted?: readonly string[] | null;
}

export interface WaitOptions {
  /** Longest wait, in milliseconds. */
  readonly waitMs: number;
  readonly signal?: AbortSignal;
}

export interface Looked {
  readonly job: JobRecord;
  readonly outlook: Outlook;
  /** The last log lines of a job that failed. */
  readonly log: readonly LogLine[];
}

const TOLD_LINES = 10;

/** Submitting jobs and looking at them. */
@Injectable()
export class JobsService {
  constructor(
    private readonly planner: JobPlanner,
    private readonly operations: OperationRegistry,
    private readonly forOperation: OperationPlanner,
    private readonly store: JobStore,
    private readonly results: ResultStore,
    private readonly follower: JobFollower,
    private readonly outlooks: OutlookService,
  ) {}

  /**
   * Accepts work; record and message are written in one step. What another job has answered, or is answering,
   * is not computed again.
   * @throws Problem for whatever is wrong with the request, `idempotency-mismatch`
   */
  async submit(request: SubmitJob, options: SubmitOptions = {}): Promise<JobRecord> {
    return this.accept(await this.plan(request, options.wanted), request, options);
  }

  /**
   * The job that a request would be, without submitting it.
   * @throws Problem for whatever is wrong with the request
   */
  async plan(request: SubmitJob, wanted: readonly string[] | null = null): Promise<JobPlan> {
    return this.planner.plan(request, wanted);
  }

  /**
   * Accepts an operation, whether or not POST /jobs takes it.
   * @throws Problem for whatever is wrong with the request
   */
  async submitOperation(
    name: string,
    request: OperationRequest,
    options: SubmitOptions = {},
  ): Promise<JobRecord> {
    const plan = await this.forOperation.plan(this.operations.get(name), request);
    return this.accept(plan, request, options);
  }

  /** @throws Problem `unknown-job` */
  async find(id: string): Promise<JobRecord> {
    return this.store.find(id);
  }

  /**
   * A job as people look at it, once its state has changed or `waitMs` are over; at once where it is finished.
   * @throws Problem `unknown-job`
   */
  async look(id: string, waitMs = 0, signal?: AbortSignal): Promise<Looked> {
    let job = await this.store.find(id);
    if (waitMs > 0 && !isFinished(job.status)) {
      const { status } = job;
      job = await this.follower.wait(id, (now) => now.status !== status, waitMs, signal);
    }
    const [outlook, log] = await Promise.all([
      this.outlooks.of(job),
      job.status === 'failed' ? this.store.log(job, TOLD_LINES) : [],
    ]);
    return { job, outlook, log };
  }

  /**
   * Accepts work, or finds what has been computed already, and waits a while for its end.
   * @returns the job; it may still wait or run when the time is over, or when the signal fires
   * @throws Problem for whatever is wrong with the request
   */
  async submitAndWait(
    request: SubmitJob,
    { waitMs, signal, ...options }: SubmitOptions & WaitOptions,
  ): Promise<JobRecord> {
    const job = await this.submit(request, options);
    if (isFinished(job.status)) return job;
    return this.untilFinished(job.id, { waitMs, ...(signal === undefined ? {} : { signal }) });
  }

  /** @returns the job once it is finished, or as it is when the time is over or the signal fires */
  async untilFinished(id: string, { waitMs, signal }: WaitOptions): Promise<JobRecord> {
    return this.follower.wait(id, ({ status }) => isFinished(status), waitMs, signal);
  }

  /**
   * A new job from the request of another, computed anew.
   * @throws Problem `unknown-job`, and whatever is wrong with the request by now
   */
  async rerun(id: string): Promise<JobRecord> {
    const { analysis, dataset, params, filter, label, timeout, priority, tries, wanted } =
      await this.store.find(id);
    const request = {
      ...{ analysis, params, timeout: timeout / 1000, priority, attempts: tries },
      ...(label === null ? {} : { label }),
      ...(dataset === '' ? {} : { dataset }),
    };
    if (this.operations.find(analysis) !== undefined) {
      return this.submitOperation(analysis, request, { fresh: true });
    }
    return this.submit({ ...request, filter }, { fresh: true, wanted });
  }

  /** @throws Problem `unknown-job` */
  async log(id: string): Promise<readonly LogLine[]> {
    return this.store.log(await this.store.find(id));
  }

  private async accept(
    plan: JobPlan,
    request: OperationRequest,
    { fresh = false, idempotencyKey }: SubmitOptions,
  ): Promise<JobRecord> {
    const once =
      idempotencyKey === undefined
        ? null
        : { key: fingerprint(idempotencyKey), body: fingerprint(request) };
    // The script looks by itself where it can.
    const looks = fresh || plan.question === null || this.results.together;
    const usable = looks ? null : await this.answered(plan.question);
    const delay = (request.delay ?? 0) * 1000;
    const submission = { delay, fresh, usable, once };
    return (await this.store.submit(randomUUID(), plan, submission)).record;
  }

  /** The job that has answered a question, where its results are still there; null: it has to be run. */
  async answered(question: string): Promise<string | null> {
    const job = await this.store.answering(question);
    return job !== null && (await this.results.exist(job)) ? job : null;
  }
}
