import { ApiProperty } from '@nestjs/swagger';

import type { Outlook } from '../follow/outlook.service.js';
import { momentOrNull } from './moment.js';

const time = (description: string) => ({
  ...{ type: String, format: 'date-time', nullable: true, description },
  example: '2026-11-22T06:00:05.000Z',
});

export class EstimateView {
  @ApiProperty(time('Probable start; null where too little is known.'))
  start!: string | null;

  @ApiProperty(time('Probable end; null where too little is known.'))
  finish!: string | null;
}

export function outlookView({ position, start, finish }: Outlook): {
  position: number | null;
  estimate: EstimateView | null;
} {
  const known = start !== null || finish !== null;
  return {
    position,
    estimate: known ? { start: momentOrNull(start), finish: momentOrNull(finish) } : null,
  };
}
