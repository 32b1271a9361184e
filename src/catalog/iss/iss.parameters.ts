import { IntegerField, TextField } from '../../parameters/fields.js';

export class EpochsParameters {
  @IntegerField({
    description: 'Most epochs to return. Default: all.',
    min: 0,
    max: 1_000_000,
    optional: true,
  })
  limit?: number;

  @IntegerField({ description: 'Epochs to skip.', min: 0, max: 1_000_000_000, default: 0 })
  offset!: number;
}

export class NowParameters {
  @TextField({
    description: 'Another time than now: RFC 3339, or as the epochs are written.',
    example: '2023-02-25T20:08:37Z',
    optional: true,
  })
  at?: string;
}
