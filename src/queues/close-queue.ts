import { TextField } from '../parameters/fields.js';

/** Body of POST /queues/{name}/close. */
export class CloseQueue {
  @TextField({
    description: 'What those are told who submit a job.',
    example: 'maintenance until 14:00 UTC',
    optional: true,
    maxLength: 500,
  })
  message?: string;
}
