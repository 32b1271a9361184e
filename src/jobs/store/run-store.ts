import { Inject, Injectable } from '@nestjs/common';

import { CONFIGURATION } from '../../config/config.module.js';
import type { Configuration } from '../../config/configuration.js';
import { Problem } from '../../errors/problem.js';
import { RedisConnections } from '../../redis/connections.js';
import type { ScriptConnection } from '../../redis/script.js';
import type { JobRecord, JobStatus } from '../job.js';
import { ConnectedTime } from './connected-time.js';
import { JobScripts } from './job-scripts.js';
import { recordOf } from './record.js';

/** Why there is no run: the job is gone, finished, runs elsewhere, or ended at this moment. */
export type NoRun = 'unknown' | 'finished' | 'busy' | 'cancelled' | 'crashed';
export type Start =
  | { readonly outcome: 'run'; readonly record: JobRecord; readonly token: string }
  | { readonly outcome: NoRun };

/** The job and the token of one run of it. */
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
  readonly lines?: readonly string[];
  /** Name, description and bytes of each result, where the same step shall keep them. */
  readonly results?: readonly (string | Buffer)[];
}

/**
 * What the run of a worker does to the record of its job. Each change is one script, which refuses a run that
 * is no longer the one of the job.
 */
@Injectable()
export class RunStore {
  private readonly connected: ConnectedTime;
  private readonly scripts: JobScripts;

  constructor(
    private readonly redis: RedisConnections,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {
    this.connected = new ConnectedTime(redis.queue);
    this.scripts = new JobScripts(configuration);
  }

  async start({ id, token }: RunKey, silent = this.configuration.crashAfter): Promise<Start> {
    const args = [id, token, silent, this.connected.ms];
    return startOf((await this.scripts.start.run(this.redis.queue, [], args)) as StartAnswer);
  }

  async report({ id, token }: RunKey, report: Report): Promise<'ok' | 'cancel' | 'lost'> {
    const { progress, version, lines } = report;
    const args = [id, token, progress, version, ...lines];
    return (await this.scripts.report.run(this.redis.queue, [], args)) as 'ok' | 'cancel' | 'lost';
  }

  /**
   * @param redis connection to the same database; what follows on it follows in the queue
   * @returns the outcome of the work; `lost` where the job is not this run's any more
   */
  async finish(
    { id, token }: RunKey,
    ending: Ending,
    redis: ScriptConnection = this.redis.queue,
  ): Promise<JobStatus | 'lost'> {
    const { status, problem, version = '', lines = [], results = [] } = ending;
    const json = problem === undefined ? '' : JSON.stringify(problem);
    const args = [id, token, status, json, version, lines.length, ...lines, ...results];
    return (await this.scripts.finish.run(redis, [], args)) as JobStatus | 'lost';
  }

  /** Puts the job back to `submitted`; false where it is not this run's any more. */
  async handBack({ id, token }: RunKey, faults: 0 | 1): Promise<boolean> {
    return (await this.scripts.handBack.run(this.redis.queue, [], [id, token, faults])) === 1;
  }
}

export type StartAnswer = readonly ['run' | NoRun | 'ask', ...string[]];

export function startOf([outcome, ...pairs]: StartAnswer): Start {
  if (outcome === 'run') {
    const token = pairs[pairs.indexOf('run') + 1] ?? '';
    return { outcome, record: recordOf(pairs), token };
  }
  return { outcome: outcome === 'ask' ? 'busy' : outcome };
}
