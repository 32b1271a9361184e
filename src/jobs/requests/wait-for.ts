import { IntegerField } from '../../parameters/fields.js';

/** Query of GET /jobs/{id}. */
export class WaitFor {
  @IntegerField({
    description: 'Most seconds to wait for the next change of state; 0 answers at once.',
    default: 0,
    min: 0,
    max: 60,
    example: 30,
  })
  wait!: number;
}
