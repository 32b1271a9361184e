import { ApiProperty } from '@nestjs/swagger';

import { jobStatuses, type JobStatus } from '../jobs/job.js';
import { moment, momentOrNull } from '../jobs/views/moment.js';
import type { Schedule, ScheduleRun } from './schedule.js';

const TIME = '2026-11-23T05:30:00.000Z';
const ID = '0d6e3c61-6d0f-4f3e-9d83-5b53f6b5c7a4';

export class ScheduleRunView {
  @ApiProperty({ format: 'date-time', description: 'When it was due.', example: TIME })
  due!: string;

  @ApiProperty({
    format: 'date-time',
    description: 'When the job was submitted: later than it was due after a downtime.',
    example: TIME,
  })
  at!: string;

  @ApiProperty({
    description: 'Times that had passed too, and are not made up for; counted up to 1,000.',
    example: 0,
  })
  missed!: number;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Id of the job.' })
  job!: string | null;

  @ApiProperty({
    enum: jobStatuses,
    nullable: true,
    type: String,
    description: 'State of the job; null without one, or once its record has expired.',
    example: 'complete',
  })
  status!: JobStatus | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why there is no job.', example: null })
  reason!: string | null;
}

export class ScheduleView {
  @ApiProperty({ format: 'uuid', description: 'Id.', example: ID })
  id!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Title.', example: 'Daily plot' })
  title!: string | null;

  @ApiProperty({ description: 'Times as a cron expression.', example: '30 6 * * 1-5' })
  cron!: string;

  @ApiProperty({ description: 'Time zone of the times.', example: 'Europe/Berlin' })
  timeZone!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'The job: a body of POST /jobs.',
    example: { analysis: 'value-counts', dataset: 'meteorites', params: { column: 'recclass' } },
  })
  job!: Readonly<Record<string, unknown>>;

  @ApiProperty({ description: 'Whether it rests.', example: false })
  paused!: boolean;

  @ApiProperty({ format: 'date-time', description: 'When it was made.', example: TIME })
  created!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it is due next; null while it is paused.',
    example: TIME,
  })
  next!: string | null;

  @ApiProperty({
    type: [ScheduleRunView],
    description: 'What became of the last times, newest first.',
  })
  runs!: ScheduleRunView[];

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Related addresses.',
    example: { self: `/schedules/${ID}` },
  })
  links!: Record<string, string>;
}

export class SchedulesView {
  @ApiProperty({
    type: [ScheduleView],
    description: 'In the order of their making; each with its last run.',
  })
  schedules!: ScheduleView[];

  @ApiProperty({ type: String, nullable: true, description: 'Always null: all are in one list.' })
  next!: null;
}

/** @param statuses of the jobs by their ids, where they are known */
export function scheduleView(
  { id, title, cron, timeZone, job, paused, created, next }: Schedule,
  runs: readonly ScheduleRun[],
  statuses: ReadonlyMap<string, JobStatus>,
): ScheduleView {
  const self = `/schedules/${id}`;
  return {
    ...{ id, title, cron, timeZone, job: hideSecret(job), paused },
    created: moment(created),
    next: momentOrNull(next),
    runs: runs.map((run) => ({
      ...run,
      due: moment(run.due),
      at: moment(run.at),
      status: run.job === null ? null : (statuses.get(run.job) ?? null),
    })),
    links: {
      self,
      [paused ? 'resume' : 'pause']: `${self}/${paused ? 'resume' : 'pause'}`,
      jobs: '/jobs',
    },
  };
}

/** The secret of a callback is for signing, not for showing. */
function hideSecret(job: Schedule['job']): Schedule['job'] {
  const { callback } = job;
  if (typeof callback !== 'object' || callback === null || !('secret' in callback)) return job;
  return { ...job, callback: { ...callback, secret: '…' } };
}
