import { ApiProperty } from '@nestjs/swagger';

import { jobStatuses, type CancelRequest, type JobRecord, type JobStatus } from '../job.js';
import { moment, momentOrNull } from './moment.js';

export class CancelView {
  @ApiProperty({ description: 'Id of the request that asked first.', example: 'req-1' })
  by!: string;

  @ApiProperty({ description: 'Address which it came from.', example: '127.0.0.1' })
  address!: string;

  @ApiProperty({
    format: 'date-time',
    description: 'When it asked.',
    example: '2026-11-22T06:00:00.000Z',
  })
  at!: string;
}

/** What POST /jobs/{id}/cancel answers. */
export class CancelReceipt {
  @ApiProperty({ format: 'uuid', description: 'Id of the job.' })
  id!: string;

  @ApiProperty({ enum: jobStatuses, description: 'State of the job now.', example: 'cancelled' })
  status!: JobStatus;

  @ApiProperty({ type: CancelView, description: 'Who asked, and when.' })
  requested!: CancelView;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the job stopped; null while it still runs.',
    example: '2026-11-22T06:00:00.120Z',
  })
  stopped!: string | null;
}

export const cancelView = ({ by, address, at }: CancelRequest): CancelView => ({
  by,
  address,
  at: moment(at),
});

export function cancelReceipt({ id, status, cancel, finished }: JobRecord): CancelReceipt {
  if (cancel === null) throw new Error(`nobody asked to cancel job ${id}`);
  return { id, status, requested: cancelView(cancel), stopped: momentOrNull(finished) };
}
