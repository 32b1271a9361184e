import { BooleanField, ObjectField, TextField } from '../parameters/fields.js';

const cron = {
  description:
    'Times, as five fields: minute, hour, day of month, month, day of week; or @hourly, @daily, @weekly, @monthly, @yearly.',
  example: '30 6 * * 1-5',
  maxLength: 200,
};
const timeZone = {
  description: 'IANA time zone in which the times are meant.',
  example: 'Europe/Berlin',
  maxLength: 100,
};
const title = { description: 'A title for people.', example: 'Daily plot', maxLength: 200 };
const job = {
  description: 'The job: a body of POST /jobs. It is checked at once.',
  example: { analysis: 'value-counts', dataset: 'meteorites', params: { column: 'recclass' } },
};
const paused = 'Whether it rests: a paused schedule submits nothing.';

/** Body of POST /schedules. */
export class CreateSchedule {
  @TextField(cron)
  cron!: string;

  @TextField({ ...timeZone, default: 'UTC' })
  timeZone!: string;

  @TextField({ ...title, optional: true })
  title?: string;

  @ObjectField(job)
  job!: Record<string, unknown>;

  @BooleanField({ description: paused, default: false })
  paused!: boolean;
}

/** Body of PATCH /schedules/{id}: what is given is changed. */
export class ChangeSchedule {
  @TextField({ ...cron, optional: true })
  cron?: string;

  @TextField({ ...timeZone, optional: true })
  timeZone?: string;

  @TextField({ ...title, optional: true })
  title?: string;

  @ObjectField({ ...job, optional: true })
  job?: Record<string, unknown>;

  @BooleanField({ description: paused, optional: true })
  paused?: boolean;
}
