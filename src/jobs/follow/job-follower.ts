import { Injectable } from '@nestjs/common';

import { redisFailure } from '../../errors/redis-failure.js';
import { isFinished, type JobRecord } from '../job.js';
import { JobStore } from '../store/job-store.js';
import { JobWatch } from './job-watch.js';

/** Following jobs: each change as it comes, or the next change of state. */
@Injectable()
export class JobFollower {
  /** Reads that are under way: those who follow one job share them. */
  private readonly reads = new Map<string, Promise<JobRecord>>();

  constructor(
    private readonly store: JobStore,
    private readonly watch: JobWatch,
  ) {}

  /**
   * Waits until a job is as wanted, or the time is over, or the signal fires.
   * @returns the job as it is then
   * @throws Problem `unknown-job`
   */
  async wait(
    id: string,
    isThere: (job: JobRecord) => boolean,
    ms: number,
    signal?: AbortSignal,
  ): Promise<JobRecord> {
    const end = performance.now() + ms;
    let latest: JobRecord | null = null;
    for await (const record of this.changes(id, end, signal)) {
      if (record === null) continue;
      latest = record;
      if (isThere(record)) break;
    }
    return latest ?? this.store.find(id);
  }

  /**
   * A job as it is now, and after each change; null now and then where nothing has changed. Ends when the job is
   * finished, at `end`, or with the signal. Redis may restart meanwhile.
   * @param end by `performance.now()`
   * @throws Problem `unknown-job`
   */
  async *changes(
    id: string,
    end: number,
    signal?: AbortSignal,
    quietMs = Infinity,
  ): AsyncGenerator<JobRecord | null> {
    const bell = new Bell();
    const ring = (): void => {
      bell.ring();
    };
    const stops = [this.watch.watch(id, ring)];
    signal?.addEventListener('abort', ring, { once: true });
    try {
      for (;;) {
        const record = await this.readOrNull(id);
        if (record?.reused != null && stops.length === 1 && !isFinished(record.status)) {
          stops.push(this.watch.watch(record.reused.job, ring));
        }
        yield record;
        const left = end - performance.now();
        if (record !== null && isFinished(record.status)) return;
        if (left <= 0 || isOver(signal)) return;
        await bell.rung(Math.min(left, quietMs));
        if (isOver(signal)) return;
      }
    } finally {
      for (const stop of stops) stop();
      signal?.removeEventListener('abort', ring);
    }
  }

  /** Null while Redis is away. */
  private async readOrNull(id: string): Promise<JobRecord | null> {
    const read = this.reads.get(id) ?? this.read(id);
    try {
      return await read;
    } catch (error) {
      if (redisFailure(error) === null) throw error;
      return null;
    }
  }

  private read(id: string): Promise<JobRecord> {
    const read = this.store.find(id).finally(() => this.reads.delete(id));
    this.reads.set(id, read);
    return read;
  }
}

const isOver = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;

/** Rings that come while nobody waits are not lost. */
class Bell {
  private rang = false;
  private wake: (() => void) | null = null;

  ring(): void {
    this.rang = true;
    this.wake?.();
  }

  async rung(ms: number): Promise<void> {
    if (!this.rang) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        if (ms < 2 ** 31) timer = setTimeout(resolve, ms);
      });
      clearTimeout(timer);
      this.wake = null;
    }
    this.rang = false;
  }
}
