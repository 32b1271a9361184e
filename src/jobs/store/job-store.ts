import { Inject, Injectable } from '@nestjs/common';

import { CONFIGURATION } from '../../config/config.module.js';
import type { Configuration } from '../../config/configuration.js';
import { Problem } from '../../errors/problem.js';
import { queueClosed } from '../../queues/queue-closed.js';
import { RedisConnections } from '../../redis/connections.js';
import { Keys } from '../../redis/keys.js';
import {
  isFinished,
  workOf,
  type JobPlan,
  type JobRecord,
  type JobStatus,
  type Requester,
} from '../job.js';
import { JobScripts } from './job-scripts.js';
import { notFinished, unknownJob } from './problems.js';
import { listsOf, planFields, recordOf } from './record.js';

/** How a request is to be met, besides what it asks. */
export interface Submission {
  /** Milliseconds until it may begin. */
  readonly delay?: number;
  /** Computes the answer in any case. */
  readonly fresh?: boolean;
  /** A job that asked the same, whose results are known to be there, where they are on another server. */
  readonly usable?: string | null;
  /** The key under which the request is accepted once, and the fingerprint of its body. */
  readonly once?: { readonly key: string; readonly body: string } | null;
}

/** `joined`: shares the work of a job that is not finished; `known`: was accepted before, under its key. */
export interface Submitted {
  readonly how: 'accepted' | 'joined' | 'reused' | 'known';
  readonly record: JobRecord;
}

/** `at` in milliseconds since 1970. */
export interface LogLine {
  readonly at: number;
  readonly line: string;
}

/**
 * The records of jobs as people see and change them: write, read, cancel, retry, remove. Each change is one
 * script, which refuses what the state of the job does not allow. What workers change is in `run-store.ts`.
 */
@Injectable()
export class JobStore {
  private readonly keys: Keys;
  private readonly scripts: JobScripts;

  constructor(
    private readonly redis: RedisConnections,
    @Inject(CONFIGURATION) configuration: Configuration,
  ) {
    this.keys = new Keys(configuration.keyPrefix);
    this.scripts = new JobScripts(configuration);
  }

  /** @throws Problem `idempotency-mismatch`, `queue-closed` */
  async submit(id: string, plan: JobPlan, submission: Submission = {}): Promise<Submitted> {
    const { delay = 0, fresh = false, usable = null, once = null } = submission;
    const request = {
      ...{ id, fields: planFields(plan), lists: listsOf(plan), priority: plan.priority, delay },
      ...{ timeout: plan.timeout, fresh },
      ...(plan.question === null ? {} : { reuse: plan.question }),
      ...(usable === null ? {} : { usable }),
      ...(once === null ? {} : { once }),
    };
    const [how, ...pairs] = (await this.scripts.submit.run(
      this.redis.queue,
      [],
      [JSON.stringify(request)],
    )) as [Submitted['how'] | 'taken' | 'other' | 'closed', ...string[]];
    if (how === 'taken') throw new Error(`there is a job ${id} already`);
    if (how === 'closed') throw queueClosed(pairs[0] ?? null);
    if (how === 'other') {
      throw new Problem(
        'idempotency-mismatch',
        'this Idempotency-Key stands for a request with another body',
      );
    }
    return { how, record: recordOf(pairs) };
  }

  /** The job that has answered, or is answering, a question; null where there is none. */
  async answering(question: string): Promise<string | null> {
    return this.redis.queue.get(this.keys.reuse(question));
  }

  /**
   * A job as it is now; the progress of one that shares the work of another is that of the work.
   * @throws Problem `unknown-job`
   */
  async find(id: string): Promise<JobRecord> {
    const record = await this.read(id);
    if (record.reused === null) return record;
    const work = this.keys.job(record.reused.job);
    const found = await this.redis.queue.hmget(work, 'progress', 'attempts', 'lines');
    const [progress = 0, attempts = 0, lines = 0] = found.map(Number);
    return isFinished(record.status)
      ? { ...record, lines }
      : { ...record, progress, attempts, lines };
  }

  /** As `find`; null for a job that is not there. */
  async findOrNull(id: string): Promise<JobRecord | null> {
    try {
      return await this.find(id);
    } catch (error) {
      if (error instanceof Problem && error.code === 'unknown-job') return null;
      throw error;
    }
  }

  /** Its log lines, oldest first; only the last `count` of them where that is given. */
  async log(record: Pick<JobRecord, 'id' | 'reused'>, count = 0): Promise<readonly LogLine[]> {
    const lines = await this.redis.queue.lrange(this.keys.jobLog(workOf(record)), -count, -1);
    return lines.map((line) => {
      const space = line.indexOf(' ');
      return { at: Number(line.slice(0, space)), line: line.slice(space + 1) };
    });
  }

  /**
   * Cancels a job that waits, and asks the workers to stop one that runs, unless others wait for its work.
   * @returns the job whose message is to be taken out of the queue, or null
   * @throws Problem `unknown-job`, `job-finished`
   */
  async cancel(id: string, requester: Requester): Promise<string | null> {
    const [before, message] = (await this.scripts.cancel.run(
      this.redis.queue,
      [],
      [id, requester.by, requester.address],
    )) as [JobStatus?, string?];
    if (before === undefined) throw unknownJob(id);
    if (before !== 'submitted' && before !== 'in_progress') {
      throw new Problem('job-finished', `job ${id} is ${before} already`, { state: before });
    }
    return message === undefined || message === '' ? null : message;
  }

  /** @throws Problem `unknown-job`, `job-not-failed` */
  async retry(id: string): Promise<JobRecord> {
    const answer = (await this.scripts.retry.run(this.redis.queue, [], [id])) as string[];
    if (answer.length === 0) throw unknownJob(id);
    if (answer[0] !== 'not') return recordOf(answer);
    const status = answer[1] ?? '';
    throw new Problem('job-not-failed', `job ${id} is ${status.replace('_', ' ')}`, {
      state: status,
    });
  }

  /**
   * @returns the job whose results nobody refers to any more, or null
   * @throws Problem `unknown-job`, `job-not-finished`
   */
  async remove(id: string): Promise<string | null> {
    const [before, results] = (await this.scripts.remove.run(this.redis.queue, [], [id])) as [
      (JobStatus | 'shared')?,
      string?,
    ];
    if (before === undefined) throw unknownJob(id);
    if (before === 'shared') {
      throw new Problem('job-not-finished', `other jobs wait for the work of job ${id}`);
    }
    if (before === 'submitted' || before === 'in_progress') throw notFinished(id, before);
    return results === undefined || results === '' ? null : results;
  }

  private async read(id: string): Promise<JobRecord> {
    const hash = await this.redis.queue.hgetall(this.keys.job(id));
    if (hash['id'] === undefined) throw unknownJob(id);
    return recordOf(Object.entries(hash).flat());
  }
}
