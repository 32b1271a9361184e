import { ChoiceField, IntegerField } from '../../parameters/fields.js';

/** Documents the parameter of `VersionParameters`. */
export const VERSION_QUERY = { name: 'version', required: false, schema: { type: 'integer' } };

/** Which load is read. */
export class VersionParameters {
  @IntegerField({
    description:
      'Number of a kept load, read as it was loaded, without edits. Default: the newest version.',
    min: 1,
    optional: true,
  })
  version?: number;
}

export class CiteParameters extends VersionParameters {
  @ChoiceField(['text', 'bibtex', 'csl'], {
    description: 'A sentence, a BibTeX entry, or CSL-JSON.',
    default: 'text',
  })
  format!: 'text' | 'bibtex' | 'csl';
}
