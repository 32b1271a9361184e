import { BooleanField, ObjectField, TextField } from '../../parameters/fields.js';

/** `source` of POST /datasets. */
export class SourceFields {
  @TextField({
    description: 'Where the file is fetched from: http: or https:, of the public internet.',
    example: 'https://example.org/table.csv',
    maxLength: 2_000,
  })
  url!: string;

  @TextField({
    description:
      'Format of the file: csv, tsv, json, ndjson, geojson, xml, yaml or parquet. Found by itself where it is left out.',
    example: 'csv',
    optional: true,
  })
  format?: string;
}

/** Parameters of POST /datasets/{name}/load. */
export class LoadSourceParameters {
  @BooleanField({
    description: 'Load it even where the source says that it has not changed.',
    default: false,
  })
  force!: boolean;
}

/** Body of POST /datasets. */
export class CreateDataset {
  @TextField({ description: 'Name of the dataset.', example: 'quakes', maxLength: 100 })
  name!: string;

  @ObjectField({
    description: 'Where it is loaded from: `{url, format?}`.',
    example: { url: 'https://example.org/table.csv' },
  })
  source!: Record<string, unknown>;

  @TextField({ description: 'Column whose values address the records.', optional: true })
  key?: string;

  @ObjectField({
    description: 'Column -> type, or {type, unit, description}, as in the parameter of a load.',
    example: { year: 'integer' },
    optional: true,
  })
  schema?: Record<string, unknown>;

  @TextField({ description: 'Path of the records inside a document.', optional: true })
  path?: string;

  @TextField({
    description: 'How days and times are written.',
    example: '%d/%m/%Y',
    optional: true,
  })
  dateformat?: string;

  @TextField({ description: 'Title.', optional: true })
  title?: string;

  @TextField({ description: 'Licence of the data.', optional: true })
  licence?: string;

  @TextField({ description: 'How to cite the data.', maxLength: 10_000, optional: true })
  citation?: string;
}
