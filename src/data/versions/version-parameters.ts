import { ChoiceField } from '../../parameters/fields.js';
import { VersionField } from '../query/version-field.js';

/** Documents the parameter of `VersionParameters`. */
export const VERSION_QUERY = { name: 'version', required: false, schema: { type: 'integer' } };

/** Which load is read. */
export class VersionParameters {
  @VersionField()
  version?: number;
}

export class CiteParameters extends VersionParameters {
  @ChoiceField(['text', 'bibtex', 'csl'], {
    description: 'A sentence, a BibTeX entry, or CSL-JSON.',
    default: 'text',
  })
  format!: 'text' | 'bibtex' | 'csl';
}
