import { ChoiceField } from '../../parameters/fields.js';

/** Query of GET /jobs/{id}/log. */
export class LogFormat {
  @ChoiceField(['json', 'text'], {
    description: 'Form of the answer; by default the one that the header `Accept` prefers.',
    optional: true,
  })
  format?: 'json' | 'text';
}
