import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';

import { Problem } from '../errors/problem.js';
import { isFinished } from '../jobs/job.js';
import { JobPlanner } from '../jobs/requests/job-planner.js';
import { SubmitJob } from '../jobs/requests/submit-job.js';
import { stableId } from '../jobs/stable-id.js';
import { JobStore } from '../jobs/store/job-store.js';
import { validateJson } from '../parameters/validate.js';
import { nextTime, timesBetween } from './cron.js';
import type { Schedule } from './schedule.js';
import { ScheduleStore } from './schedule-store.js';

const TICK_MS = 1_000;

/**
 * Submits the jobs of schedules whose time has come. Every worker looks each second. The id of the
 * job follows from the schedule and the time, and only then the schedule goes on to its next time: so whoever does
 * it twice, or goes on where another worker was killed, finds the same job.
 */
@Injectable()
export class Scheduler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Scheduler.name);
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly store: ScheduleStore,
    private readonly planner: JobPlanner,
    private readonly jobs: JobStore,
  ) {}

  onApplicationBootstrap(): void {
    this.plan();
  }

  beforeApplicationShutdown(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** Submits what is due now. */
  async tick(): Promise<void> {
    const now = await this.store.now();
    for (const schedule of await this.store.due(now)) {
      if (this.stopped) return;
      await this.run(schedule, now).catch((error: unknown) => {
        this.logger.warn(`schedule ${schedule.id} is tried again: ${String(error)}`);
      });
    }
  }

  private plan(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      // While Redis is away nothing is due; the connection says so in the log.
      void this.tick()
        .catch(() => undefined)
        .then(() => {
          this.plan();
        });
    }, TICK_MS);
  }

  private async run(schedule: Schedule, now: number): Promise<void> {
    const { id, cron, timeZone, next: due } = schedule;
    if (due === null) return;
    const outcome = await this.submit(schedule, due);
    const missed = timesBetween(cron, timeZone, due, now);
    const run = { due, at: now, missed, ...outcome };
    if (!(await this.store.advance(id, nextTime(cron, timeZone, now), run))) return;
    this.logger.log(`schedule ${id}: ${outcome.reason ?? `job ${String(outcome.job)}`}`);
  }

  private async submit(
    { id, job, title }: Schedule,
    due: number,
  ): Promise<{ job: string | null; reason: string | null }> {
    const wanted = stableId('schedule', id, due);
    if ((await this.jobs.findOrNull(wanted)) !== null) return { job: wanted, reason: null };
    if (await this.runsStill(id)) return { job: null, reason: 'the job before was not finished' };
    try {
      const request = { ...(title === null ? {} : { label: title }), ...job };
      const plan = await this.planner.plan(validateJson(SubmitJob, request, 'job.'));
      await this.jobs.submit(wanted, plan);
      return { job: wanted, reason: null };
    } catch (error) {
      // Redis being away is nobody's answer: the time stays due.
      if (!(error instanceof Problem) || error.code === 'storage-unavailable') throw error;
      return { job: null, reason: `${error.code}: ${error.detail}` };
    }
  }

  /** Whether the last job of a schedule is not finished. */
  private async runsStill(id: string): Promise<boolean> {
    const last = (await this.store.runs(id)).find(({ job }) => job !== null);
    const job = last?.job == null ? null : await this.jobs.findOrNull(last.job);
    return job !== null && !isFinished(job.status);
  }
}
