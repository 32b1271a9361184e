import { randomUUID } from 'node:crypto';

import { Injectable } from '@nestjs/common';

import type { JobStatus } from '../jobs/job.js';
import { JobPlanner } from '../jobs/requests/job-planner.js';
import { SubmitJob } from '../jobs/requests/submit-job.js';
import { JobStore } from '../jobs/store/job-store.js';
import { validateJson } from '../parameters/validate.js';
import { checkCron, nextTime } from './cron.js';
import type { Schedule } from './schedule.js';
import type { CreateSchedule } from './schedule-parameters.js';
import { ScheduleStore } from './schedule-store.js';
import { scheduleView, type ScheduleView } from './schedule.view.js';

type Changes = { readonly [K in 'cron' | 'timeZone' | 'title' | 'job' | 'paused']?: Schedule[K] };

/** Making schedules, changing them and looking at them. Workers submit their jobs: `scheduler.ts`. */
@Injectable()
export class SchedulesService {
  constructor(
    private readonly store: ScheduleStore,
    private readonly planner: JobPlanner,
    private readonly jobs: JobStore,
  ) {}

  /** @throws Problem for whatever is wrong with the expression or the job */
  async create({ cron, timeZone, title, job, paused }: CreateSchedule): Promise<ScheduleView> {
    const created = await this.store.now();
    const wanted = { id: randomUUID(), title: title ?? null, cron, timeZone, job, paused, created };
    const schedule = await this.checked(wanted, created);
    await this.store.put('new', schedule);
    return scheduleView(schedule, [], new Map());
  }

  /**
   * A changed expression or zone, and resuming, count from now on: times that have passed are not made up for.
   * @throws Problem `unknown-schedule`, and what `create` throws
   */
  async change(id: string, changes: Changes): Promise<ScheduleView> {
    const { next: _anew, ...before } = await this.store.find(id);
    await this.store.put(
      'old',
      await this.checked({ ...before, ...changes }, await this.store.now()),
    );
    return this.find(id);
  }

  async all(): Promise<ScheduleView[]> {
    const schedules = await this.store.all();
    return Promise.all(schedules.map((schedule) => this.view(schedule, 1)));
  }

  /** @throws Problem `unknown-schedule` */
  async find(id: string): Promise<ScheduleView> {
    return this.view(await this.store.find(id));
  }

  /** Its jobs stay. @throws Problem `unknown-schedule` */
  async remove(id: string): Promise<void> {
    await this.store.remove(id);
  }

  private async checked(wanted: Omit<Schedule, 'next'>, now: number): Promise<Schedule> {
    const { cron, timeZone, job, paused } = wanted;
    checkCron(cron, timeZone, now);
    await this.planner.plan(validateJson(SubmitJob, job, 'job.'));
    return { ...wanted, next: paused ? null : nextTime(cron, timeZone, now) };
  }

  private async view(schedule: Schedule, count?: number): Promise<ScheduleView> {
    const runs = await this.store.runs(schedule.id, count);
    const ids = runs.flatMap(({ job }) => (job === null ? [] : [job]));
    const found = await Promise.all(ids.map((id) => this.jobs.findOrNull(id)));
    const statuses = found.flatMap((job): [string, JobStatus][] =>
      job === null ? [] : [[job.id, job.status]],
    );
    return scheduleView(schedule, runs, new Map(statuses));
  }
}
