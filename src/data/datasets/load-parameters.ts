import { ChoiceField, IntegerField, TextField } from '../../parameters/fields.js';
import { ON_ERROR, type OnError } from '../load/request.js';

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
      'JSON: column -> type, or {type, unit, description}; the schema of an export too. Types: text, integer, int64, number, boolean, date, timestamp, json.',
    example: '{"year": "integer"}',
    maxLength: 100_000,
    optional: true,
  })
  schema?: string;

  @TextField({
    description:
      'Path of the records inside a document: dotted in JSON and YAML, with slashes in XML. Found by itself where it is left out.',
    example: 'result.rows',
    optional: true,
  })
  path?: string;

  @TextField({
    description:
      'What stands between fields: one to four characters, tab, or blanks for runs of blanks. Found by itself where it is left out.',
    example: ';',
    maxLength: 6,
    optional: true,
  })
  delimiter?: string;

  @ChoiceField(ON_ERROR, {
    description:
      'What becomes of rows that do not fit: they go to /rejects and the others are loaded, or the load fails and changes nothing.',
    default: 'quarantine',
  })
  onError!: OnError;

  @TextField({
    description:
      'How dates and times are written, as in strptime: %d/%m/%Y, %Y-%m-%d %H:%M. For columns whose type is given, epoch_s and epoch_ms read numbers of seconds or milliseconds since 1970.',
    example: '%d/%m/%Y',
    maxLength: 100,
    optional: true,
  })
  dateformat?: string;

  @TextField({ description: 'Title of the dataset.', example: 'Earthquakes', optional: true })
  title?: string;
}

/** A page of refused rows. */
export class RejectsPage {
  @IntegerField({ description: 'Most rows of the page.', default: 100, min: 0, max: 10_000 })
  limit!: number;

  @IntegerField({ description: 'Rows to skip.', default: 0, min: 0, max: 10_000 })
  offset!: number;
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
