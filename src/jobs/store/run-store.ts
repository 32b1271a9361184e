import { hostname } from 'node:os';

import { Inject, Injectable } from '@nestjs/common';

import { CONFIGURATION } from '../../config/config.module.js';
import type { Configuration } from '../../config/configuration.js';
import { Problem } from '../../errors/problem.js';
import { RedisConnections } from '../../redis/connections.js';
import { Keys } from '../../redis/keys.js';
import { Script } from '../../redis/script.js';
import { MAX_CRASHES, SILENT_MS, type JobRecord, type JobStatus } from '../job.js';
import { ConnectedTime } from './connected-time.js';
import { recordOf } from './record.js';

const scripts = {
  start: new Script(new URL('./start.lua', import.meta.url)),
  report: new Script(new URL('./report.lua', import.meta.url)),
  finish: new Script(new URL('./finish.lua', import.meta.url)),
  handBack: new Script(new URL('./hand-back.lua', import.meta.url)),
};

const LOG_LINES = 1_000;
const CRASHED = new Problem('worker-crashed', 'the worker ended twice while it ran this job');

/** Why there is no run: the job is gone, finished, runs elsewhere, or ended at this moment. */
export type NoRun = 'unknown' | 'finished' | 'busy' | 'cancelled' | 'crashed';
export type Start =
  { readonly outcome: 'run'; readonly record: JobRecord } | { readonly outcome: NoRun };

/** The job and the random token of one run of it. */
export interface RunKey {
  readonly id: string;
  readonly token: string;
}

export interface Report {
  readonly progress: number;
  readonly lines: readonly string[];
  readonly version: string;
}

export interface Ending {
  readonly status: 'complete' | 'failed' | 'cancelled';
  readonly problem?: Problem;
  readonly version?: string;
}

/**
 * What the run of a worker does to the record of its job. Each change is one script, which refuses a run that
 * is no longer the one of the job.
 */
@Injectable()
export class RunStore {
  private readonly keys: Keys;
  private readonly connected: ConnectedTime;
  private readonly worker = `${hostname()}:${String(process.pid)}`;

  constructor(
    private readonly redis: RedisConnections,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {
    this.keys = new Keys(configuration.keyPrefix);
    this.connected = new ConnectedTime(redis.queue);
  }

  async start({ id, token }: RunKey, silent = SILENT_MS): Promise<Start> {
    const answer = (await scripts.start.run(
      this.redis.queue,
      [this.keys.job(id), this.keys.openJobs(), this.keys.jobLog(id)],
      [
        ...[id, token, this.worker, silent, this.connected.ms],
        ...[MAX_CRASHES, JSON.stringify(CRASHED), this.configuration.jobTtl],
      ],
    )) as ['run' | NoRun, ...string[]];
    const [outcome, ...pairs] = answer;
    return outcome === 'run' ? { outcome, record: recordOf(pairs) } : { outcome };
  }

  async report({ id, token }: RunKey, report: Report): Promise<'ok' | 'cancel' | 'lost'> {
    const { progress, version, lines } = report;
    return (await scripts.report.run(
      this.redis.queue,
      [this.keys.job(id), this.keys.jobLog(id)],
      [token, progress, version, LOG_LINES, ...lines],
    )) as 'ok' | 'cancel' | 'lost';
  }

  /** @returns the status which the job has now; `lost` where the job is not this run's any more */
  async finish({ id, token }: RunKey, ending: Ending): Promise<JobStatus | 'lost'> {
    const { status, problem, version = '' } = ending;
    return (await scripts.finish.run(
      this.redis.queue,
      [this.keys.job(id), this.keys.openJobs(), this.keys.jobLog(id)],
      [
        ...[id, token, status, problem === undefined ? '' : JSON.stringify(problem)],
        ...[version, this.configuration.jobTtl],
      ],
    )) as JobStatus | 'lost';
  }

  /** Puts the job back to `submitted`; false where it is not this run's any more. */
  async handBack({ id, token }: RunKey, faults: 0 | 1): Promise<boolean> {
    const keys = [this.keys.job(id)];
    return (await scripts.handBack.run(this.redis.queue, keys, [token, faults])) === 1;
  }
}
