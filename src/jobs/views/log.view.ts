import { ApiProperty } from '@nestjs/swagger';

import type { LogLine } from '../store/job-store.js';
import { moment } from './moment.js';

export class LogLineView {
  @ApiProperty({ format: 'date-time', description: 'When.', example: '2026-11-22T06:00:00.000Z' })
  at!: string;

  @ApiProperty({ description: 'What.', example: 'read meteorites 1.0 in 35 ms' })
  line!: string;
}

export class LogView {
  @ApiProperty({ type: [LogLineView], description: 'The last thousand lines, oldest first.' })
  lines!: LogLineView[];
}

export const logView = (lines: readonly LogLine[]): LogView => ({
  lines: lines.map(({ at, line }) => ({ at: moment(at), line })),
});

/** The same as plain text, one line each. */
export const logText = (lines: readonly LogLine[]): string =>
  lines.map(({ at, line }) => `${moment(at)} ${line}\n`).join('');
