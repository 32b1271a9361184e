import { Inject, Injectable } from '@nestjs/common';

import { CONFIGURATION } from '../../config/config.module.js';
import type { Configuration } from '../../config/configuration.js';
import { Problem } from '../../errors/problem.js';
import { RedisConnections } from '../../redis/connections.js';
import { Keys } from '../../redis/keys.js';
import { Script } from '../../redis/script.js';
import type { JobPlan, JobRecord, JobStatus, Requester } from '../job.js';
import { notFinished, unknownJob } from './problems.js';
import { planFields, recordOf } from './record.js';

const scripts = {
  submit: new Script(new URL('./submit.lua', import.meta.url)),
  cancel: new Script(new URL('./cancel.lua', import.meta.url)),
  remove: new Script(new URL('./remove.lua', import.meta.url)),
};

/**
 * The records of jobs as people see and change them: write, read, cancel, remove. Each change is one script,
 * which refuses what the state of the job does not allow. What workers change is in `run-store.ts`.
 */
@Injectable()
export class JobStore {
  private readonly keys: Keys;

  constructor(
    private readonly redis: RedisConnections,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {
    this.keys = new Keys(configuration.keyPrefix);
  }

  async submit(id: string, plan: JobPlan): Promise<JobRecord> {
    const { keys } = this;
    const written = await scripts.submit.run(
      this.redis.queue,
      [keys.job(id), keys.jobs(), keys.openJobs()],
      [id, ...planFields(plan)],
    );
    if (written === null) throw new Error(`there is a job ${id} already`);
    return recordOf(written as string[]);
  }

  /** @throws Problem `unknown-job` */
  async find(id: string): Promise<JobRecord> {
    const hash = await this.redis.queue.hgetall(this.keys.job(id));
    if (hash['id'] === undefined) throw unknownJob(id);
    return recordOf(Object.entries(hash).flat());
  }

  /** Its log lines, oldest first. */
  async log(id: string): Promise<readonly LogLine[]> {
    const lines = await this.redis.queue.lrange(this.keys.jobLog(id), 0, -1);
    return lines.map((line) => {
      const space = line.indexOf(' ');
      return { at: Number(line.slice(0, space)), line: line.slice(space + 1) };
    });
  }

  /**
   * Cancels a job that waits, and asks the workers to stop one that runs.
   * @returns its status before
   * @throws Problem `unknown-job`, `job-finished`
   */
  async cancel(id: string, requester: Requester): Promise<JobStatus> {
    const { keys } = this;
    const before = (await scripts.cancel.run(
      this.redis.queue,
      [keys.job(id), keys.openJobs(), keys.jobLog(id)],
      [id, requester.by, requester.address, keys.cancelChannel(), this.configuration.jobTtl],
    )) as JobStatus | null;
    if (before === null) throw unknownJob(id);
    if (before !== 'submitted' && before !== 'in_progress') {
      throw new Problem('job-finished', `job ${id} is ${before} already`, { status: before });
    }
    return before;
  }

  /** @throws Problem `unknown-job`, `job-not-finished` */
  async remove(id: string): Promise<void> {
    const { keys } = this;
    const before = (await scripts.remove.run(
      this.redis.queue,
      [keys.job(id), keys.jobs(), keys.jobLog(id)],
      [id],
    )) as JobStatus | null;
    if (before === null) throw unknownJob(id);
    if (before === 'submitted' || before === 'in_progress') throw notFinished(id, before);
  }
}

/** `at` in milliseconds since 1970. */
export interface LogLine {
  readonly at: number;
  readonly line: string;
}
