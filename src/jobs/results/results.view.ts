import { ApiProperty } from '@nestjs/swagger';

import { jobStatuses, type JobRecord, type JobStatus } from '../job.js';
import type { ListedResult } from './results.service.js';

export class ResultView {
  @ApiProperty({ description: 'Name of the result.', example: 'plot.png' })
  name!: string;

  @ApiProperty({ description: 'Media type.', example: 'image/png' })
  type!: string;

  @ApiProperty({ description: 'Size in bytes.', example: 48213 })
  size!: number;

  @ApiProperty({
    description: 'Address of the bytes.',
    example: '/jobs/161207aa-9fe7-4caa-95b8-27f5bcbb16e7/results/plot.png',
  })
  link!: string;

  @ApiProperty({
    description: 'What a picture shows, in words: for those who do not see it.',
    required: false,
    example:
      'Weather: temp_max by date. x axis: date, y axis: temp_max. 1,461 rows. Dataset weather, version 1.0.',
  })
  description?: string;

  @ApiProperty({
    description: 'The value itself, of JSON below 4 KB.',
    required: false,
    oneOf: [{ type: 'object' }, { type: 'array', items: {} }],
    example: { rows: 45716, missing: 0, distinct: 466 },
  })
  value?: unknown;
}

export class ResultsView {
  @ApiProperty({ format: 'uuid', description: 'Id of the job.' })
  id!: string;

  @ApiProperty({ enum: jobStatuses, description: 'State of the job.', example: 'complete' })
  status!: JobStatus;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Version of the dataset that was read; null where there was none.',
    example: '1.0',
  })
  version!: string | null;

  @ApiProperty({ type: [ResultView], description: 'By name.' })
  results!: ResultView[];
}

export const resultsView = (job: JobRecord, results: readonly ListedResult[]): ResultsView => ({
  id: job.id,
  status: job.status,
  version: job.version === '' ? null : job.version,
  results: results.map(({ name, type, size, description, value }) => ({
    name,
    type,
    size,
    link: `/jobs/${job.id}/results/${encodeURIComponent(name)}`,
    ...(description === undefined ? {} : { description }),
    ...(value === undefined ? {} : { value }),
  })),
});
