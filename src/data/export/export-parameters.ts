import { ChoiceField, TextField } from '../../parameters/fields.js';
import { ReadParameters } from '../query/query-parameters.js';
import { EXPORT_NAMES, type ExportName } from './export-formats.js';

const INDENTS = ['false', 'true', '2', '4'] as const;
export type Indent = (typeof INDENTS)[number];

export class ExportParameters extends ReadParameters {
  @ChoiceField(EXPORT_NAMES, {
    description: 'Format of the file. Default: what `Accept` asks for, else json.',
    optional: true,
  })
  format?: ExportName;

  @ChoiceField(['gzip'], {
    description: 'The file itself is compressed and is called so. Parquet is so anyway.',
    optional: true,
  })
  compress?: 'gzip';

  @ChoiceField(INDENTS, {
    description: 'JSON for people: one value a line, after so many blanks a level; `true` means 4.',
    default: 'false',
  })
  indent!: Indent;

  @TextField({
    description: 'Columns to sort by.',
    example: '-mass',
    maxLength: 4000,
    optional: true,
  })
  sort?: string;

  @TextField({
    description:
      'Columns to export. Default: all but the row number, which a load of the file makes anew.',
    example: 'name,mass',
    maxLength: 20_000,
    optional: true,
  })
  fields?: string;
}
