import { ApiProperty } from '@nestjs/swagger';

import type { Outlook } from '../follow/outlook.service.js';
import { jobStatuses, type JobRecord, type JobStatus } from '../job.js';
import { failureView } from './failure.view.js';
import { EstimateView, outlookView } from './outlook.view.js';
import { moment, momentOrNull } from './moment.js';
import type { LogLine } from '../store/job-store.js';
import { CancelView, cancelView } from './cancel.view.js';

const TIME = '2026-11-22T06:00:00.000Z';
const time = (description: string) => ({ description, format: 'date-time', example: TIME });
const timeOrNull = (description: string) => ({
  ...time(description),
  type: String,
  nullable: true,
});
const object = { type: 'object', additionalProperties: true } as const;

/** Whose answer a job shares. */
export class ReusedView {
  @ApiProperty({
    format: 'uuid',
    description: 'Id of the job that computes, or computed, the answer.',
    example: '0b9bd1cf-7a5f-4a68-a7e5-0e4b1ed6c1b3',
  })
  job!: string;

  @ApiProperty({
    description: 'Seconds since it was computed, at the submission; 0 where it was being computed.',
    example: 12.3,
  })
  age!: number;
}

export class CallbackView {
  @ApiProperty({ description: 'URL.', example: 'https://example.org/hooks/almanac' })
  url!: string;
}

/** A job as the API shows it. */
export class JobView {
  @ApiProperty({
    format: 'uuid',
    description: 'Id.',
    example: '161207aa-9fe7-4caa-95b8-27f5bcbb16e7',
  })
  id!: string;

  @ApiProperty({ enum: jobStatuses, description: 'State of the job.', example: 'in_progress' })
  status!: JobStatus;

  @ApiProperty({ description: 'What is run.', example: 'value-counts' })
  analysis!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The dataset it runs on; null where it needs none.',
    example: 'meteorites',
  })
  dataset!: string | null;

  @ApiProperty({
    ...object,
    description: 'Parameters, with defaults.',
    example: { column: 'recclass', top: 20 },
  })
  params!: Readonly<Record<string, unknown>>;

  @ApiProperty({ ...object, description: 'Filter of the records.', example: { start: 1990 } })
  filter!: Readonly<Record<string, unknown>>;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Label of the request.',
    example: null,
  })
  label!: string | null;

  @ApiProperty({ description: 'Progress of the run, 0 to 100.', example: 30 })
  progress!: number;

  @ApiProperty({ description: '0 to 100; the highest is run first.', example: 0 })
  priority!: number;

  @ApiProperty({
    type: ReusedView,
    nullable: true,
    description: 'The job whose answer this one shares; null where it has one of its own.',
    example: null,
  })
  reused!: ReusedView | null;

  @ApiProperty(time('When it was submitted.'))
  created!: string;

  @ApiProperty(timeOrNull('Start of the latest run.'))
  started!: string | null;

  @ApiProperty(timeOrNull('When it became complete, failed or cancelled.'))
  finished!: string | null;

  @ApiProperty({ description: 'Runs that were started.', example: 1 })
  attempts!: number;

  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'Version of the dataset: at the submission; once it was read, the one that was read. Null where there is none yet.',
    example: '1.0',
  })
  version!: string | null;

  @ApiProperty({
    type: Number,
    nullable: true,
    required: false,
    description: 'Place in the queue, from 1; null where it does not wait. Not in lists.',
    example: 3,
  })
  position?: number | null;

  @ApiProperty({
    type: EstimateView,
    nullable: true,
    required: false,
    description: 'When it will probably start and finish, from past runs. Not in lists.',
    example: null,
  })
  estimate?: EstimateView | null;

  @ApiProperty({
    ...object,
    type: 'object',
    nullable: true,
    description:
      'Why it failed: `class` (request, data, resource or bug), `code`, `detail`, `errors` with the fields at fault, and the last lines of the log.',
    example: null,
  })
  problem!: Readonly<Record<string, unknown>> | null;

  @ApiProperty({ type: CallbackView, required: false, description: 'Where its end is reported.' })
  callback?: CallbackView;

  @ApiProperty({ type: CancelView, required: false, description: 'Who asked to cancel it.' })
  cancel?: CancelView;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Related addresses.',
    example: { self: '/jobs/161207aa-9fe7-4caa-95b8-27f5bcbb16e7' },
  })
  links!: Record<string, string>;
}

export class JobsView {
  @ApiProperty({ type: [JobView], description: 'Newest first.' })
  jobs!: JobView[];

  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'Address of the next page, null at the end. A page may be short although one follows.',
    example: '/jobs?limit=100&cursor=1795327200000000',
  })
  next!: string | null;
}

/**
 * @param outlook what is ahead of it; lists leave it out
 * @param log last lines of a job that failed
 */
export function jobView(
  record: JobRecord,
  outlook?: Outlook,
  log: readonly LogLine[] = [],
): JobView {
  const { id, status, analysis, dataset, params, filter, label, progress, attempts, version } =
    record;
  const { priority, reused } = record;
  const self = `/jobs/${id}`;
  return {
    id,
    status,
    analysis,
    dataset: dataset === '' ? null : dataset,
    params,
    filter,
    label,
    progress,
    priority,
    reused: reused === null ? null : { job: reused.job, age: reused.age / 1000 },
    created: moment(record.created),
    started: momentOrNull(record.started),
    finished: momentOrNull(record.finished),
    attempts,
    version: version === '' ? null : version,
    ...(outlook === undefined ? {} : outlookView(outlook)),
    problem: record.problem === null ? null : failureView(record.problem, log),
    ...(record.callback === null ? {} : { callback: { url: record.callback.url } }),
    ...(record.cancel === null ? {} : { cancel: cancelView(record.cancel) }),
    links: {
      self,
      log: `${self}/log`,
      events: `${self}/events`,
      ...(status === 'complete' ? { results: `${self}/results`, download: `/download/${id}` } : {}),
      ...(record.finished === null ? { cancel: `${self}/cancel` } : {}),
      ...(status === 'failed' ? { retry: `${self}/retry` } : {}),
      rerun: `${self}/rerun`,
      ...(record.callback === null ? {} : { deliveries: `${self}/deliveries` }),
      ...(dataset === '' ? {} : { dataset: `/datasets/${encodeURIComponent(dataset)}` }),
      analysis: `/analyses/${analysis}`,
    },
  };
}
