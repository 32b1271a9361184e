import { ApiProperty } from '@nestjs/swagger';

export class QueueView {
  @ApiProperty({ description: 'Name.', example: 'analyses' })
  name!: string;

  @ApiProperty({ description: 'Jobs that wait for a worker.', example: 3 })
  waiting!: number;

  @ApiProperty({ description: 'Jobs that run.', example: 2 })
  active!: number;

  @ApiProperty({ description: 'Jobs that wait for their time, or to be tried again.', example: 0 })
  delayed!: number;

  @ApiProperty({ description: 'Failed jobs whose records are kept.', example: 1 })
  failed!: number;

  @ApiProperty({ description: 'Complete jobs whose records are kept.', example: 40 })
  completed!: number;

  @ApiProperty({ description: 'Whether workers leave its jobs where they are.', example: false })
  paused!: boolean;

  @ApiProperty({ description: 'Whether it takes new jobs.', example: true })
  writable!: boolean;

  @ApiProperty({ description: 'Whether it is closed and every job is finished.', example: false })
  drained!: boolean;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Since when it is closed.',
    example: null,
  })
  closed!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What was said when it was closed.',
    example: null,
  })
  message!: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Related addresses.',
    example: { self: '/queues/analyses', board: '/queues/board' },
  })
  links!: Record<string, string>;
}

export class QueuesView {
  @ApiProperty({ description: 'All queues.', type: [QueueView] })
  queues!: QueueView[];
}
