import { Injectable } from '@nestjs/common';

import { Problem } from '../../errors/problem.js';
import { redisFailure } from '../../errors/redis-failure.js';
import { isFinished, type JobRecord } from '../job.js';
import { JobStore } from '../store/job-store.js';
import { jobView } from '../views/job.view.js';
import { logView } from '../views/log.view.js';
import { JobFollower } from './job-follower.js';

const HEARTBEAT_MS = 15_000;
const LONGEST_MS = 3_600_000;
const MOST_STREAMS = 1_000;
const ASK_AGAIN_S = 5;

/**
 * The events of a job as text/event-stream: `state` (the job) first, then its log lines so far, and whatever is
 * new; it ends after the last `state`. The id of an event is the number of log lines that were told by then.
 */
@Injectable()
export class EventsService {
  private streams = 0;

  constructor(
    private readonly store: JobStore,
    private readonly follower: JobFollower,
  ) {}

  /**
   * @param seen log lines that the caller has already, by the header `Last-Event-ID`
   * @returns null where the caller has seen everything, and there will be no more
   * @throws Problem `unknown-job`, `too-many-streams`
   */
  async open(
    id: string,
    seen: number,
    signal: AbortSignal,
  ): Promise<AsyncGenerator<string> | null> {
    const job = await this.store.find(id);
    if (seen > 0 && seen >= job.lines && isFinished(job.status)) return null;
    if (this.streams >= MOST_STREAMS) {
      throw new Problem(
        'too-many-streams',
        `${String(MOST_STREAMS)} jobs are followed here already`,
        {
          retryAfter: ASK_AGAIN_S,
        },
      );
    }
    return this.stream(id, seen, signal);
  }

  private async *stream(id: string, seen: number, signal: AbortSignal): AsyncGenerator<string> {
    this.streams++;
    const told = { status: '', progress: -1, lines: seen };
    const end = performance.now() + LONGEST_MS;
    try {
      for await (const job of this.follower.changes(id, end, signal, HEARTBEAT_MS)) {
        const text = job === null ? '' : await this.news(job, told);
        yield text === '' ? ': nothing new\n\n' : text;
      }
    } finally {
      this.streams--;
    }
  }

  private async news(
    job: JobRecord,
    told: { status: string; progress: number; lines: number },
  ): Promise<string> {
    const lines = await this.lines(job, told.lines);
    const isFirst = told.status === '';
    const logFirst = isFinished(job.status) && !isFirst;
    const toldThen = lines.length > 0 ? Math.max(told.lines, job.lines) : told.lines;
    const at = logFirst ? toldThen : told.lines;
    const state = job.status !== told.status ? [event('state', at, jobView(job))] : [];
    const progress =
      job.progress !== told.progress && !isFirst
        ? [event('progress', at, { progress: job.progress })]
        : [];
    const from = job.lines - lines.length;
    const log = lines.map((line, i) => event('log', from + i + 1, line));
    told.status = job.status;
    told.progress = job.progress;
    told.lines = toldThen;
    const parts = logFirst ? [log, progress, state] : [state, progress, log];
    return parts.flat().join('');
  }

  /** Log lines that are new; none while Redis is away, then they come later. */
  private async lines(job: JobRecord, told: number) {
    if (job.lines <= told) return [];
    try {
      return logView(await this.store.log(job, job.lines - told)).lines;
    } catch (error) {
      if (redisFailure(error) === null) throw error;
      return [];
    }
  }
}

const event = (name: string, id: number, data: unknown): string =>
  `event: ${name}\nid: ${String(id)}\ndata: ${JSON.stringify(data)}\n\n`;
