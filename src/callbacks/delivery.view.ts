import { ApiProperty } from '@nestjs/swagger';

import { moment, momentOrNull } from '../jobs/views/moment.js';
import type { Delivery } from './delivery-store.js';

const TIME = '2026-11-22T06:00:01.000Z';

export class DeliveryView {
  @ApiProperty({
    format: 'uuid',
    description:
      'Id of the report: the same at each attempt, so that a receiver can tell a repetition.',
  })
  delivery!: string;

  @ApiProperty({ description: 'Number of the attempt.', example: 1 })
  attempt!: number;

  @ApiProperty({ format: 'date-time', description: 'When it ended.', example: TIME })
  at!: string;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'HTTP status of the answer.',
    example: 204,
  })
  status!: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'What went wrong.', example: null })
  error!: string | null;

  @ApiProperty({ description: 'Milliseconds that it took.', example: 35 })
  took!: number;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it is tried again; null where it is not.',
    example: null,
  })
  retry!: string | null;
}

export class DeliveriesView {
  @ApiProperty({ type: [DeliveryView], description: 'The last fifty attempts, oldest first.' })
  deliveries!: DeliveryView[];
}

export const deliveryView = ({ retryIn, at, ...others }: Delivery): DeliveryView => ({
  ...others,
  at: moment(at),
  retry: momentOrNull(retryIn === null ? null : at + retryIn),
});
