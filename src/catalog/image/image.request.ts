import { ObjectField, TextField } from '../../parameters/fields.js';

/** Body of POST /image; an empty one draws the default plot. */
export class ImageRequest {
  @TextField({
    description: 'What to draw: an analysis that makes a picture. Default: the default plot.',
    example: 'scatter',
    optional: true,
    maxLength: 100,
  })
  analysis?: string;

  @ObjectField({
    description:
      'Its parameters; GET /analyses/{name} describes them. Without an analysis: changes to the default plot.',
    example: { x: 'year', y: 'mass (g)', yScale: 'log' },
    optional: true,
  })
  params?: Record<string, unknown>;

  @ObjectField({
    description: 'Which records to draw, as in POST /jobs.',
    example: { start: 1990 },
    optional: true,
  })
  filter?: Record<string, unknown>;
}
