import { TextField } from '../../parameters/fields.js';

/** Query parameters of a load. */
export class LoadParameters {
  @TextField({
    description: 'Column whose values address the records.',
    example: 'id',
    optional: true,
  })
  key?: string;

  @TextField({
    description:
      'JSON: column -> type, or {type, unit, description}. Types: text, integer, int64, number, boolean, date, timestamp, json.',
    example: '{"year": "integer"}',
    maxLength: 100_000,
    optional: true,
  })
  schema?: string;

  @TextField({
    description: 'Path of the list of records inside a JSON document.',
    example: 'result.rows',
    optional: true,
  })
  path?: string;

  @TextField({
    description: 'Character between fields; found by itself where it is left out.',
    example: ';',
    maxLength: 1,
    optional: true,
  })
  delimiter?: string;

  @TextField({ description: 'Title of the dataset.', example: 'Earthquakes', optional: true })
  title?: string;
}

/** Body of PATCH /datasets/{name}. */
export class DescribeParameters {
  @TextField({ description: 'Title.', optional: true })
  title?: string;

  @TextField({ description: 'What the dataset is about.', maxLength: 10_000, optional: true })
  description?: string;

  @TextField({ description: 'Where the data come from.', optional: true })
  source?: string;

  @TextField({ description: 'Licence of the data.', optional: true })
  licence?: string;

  @TextField({ description: 'How to cite the data.', maxLength: 10_000, optional: true })
  citation?: string;
}
