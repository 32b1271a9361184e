import { ApiProperty } from '@nestjs/swagger';

import { jobStatuses, type JobRecord, type JobStatus } from '../job.js';
import { moment, momentOrNull } from './moment.js';
import { CancelView, cancelView } from './cancel.view.js';

const TIME = '2026-11-22T06:00:00.000Z';
const time = (description: string) => ({ description, format: 'date-time', example: TIME });
const timeOrNull = (description: string) => ({
  ...time(description),
  type: String,
  nullable: true,
});
const object = { type: 'object', additionalProperties: true } as const;

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
    ...object,
    type: 'object',
    nullable: true,
    description: 'Why it failed.',
    example: null,
  })
  problem!: Readonly<Record<string, unknown>> | null;

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

export function jobView(record: JobRecord): JobView {
  const { id, status, analysis, dataset, params, filter, label, progress, attempts, version } =
    record;
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
    created: moment(record.created),
    started: momentOrNull(record.started),
    finished: momentOrNull(record.finished),
    attempts,
    version: version === '' ? null : version,
    problem: record.problem,
    ...(record.cancel === null ? {} : { cancel: cancelView(record.cancel) }),
    links: {
      self,
      log: `${self}/log`,
      ...(status === 'complete' ? { results: `${self}/results`, download: `/download/${id}` } : {}),
      ...(record.finished === null ? { cancel: `${self}/cancel` } : {}),
      ...(dataset === '' ? {} : { dataset: `/datasets/${encodeURIComponent(dataset)}` }),
      analysis: `/analyses/${analysis}`,
    },
  };
}
