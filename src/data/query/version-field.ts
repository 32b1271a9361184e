import { IntegerField } from '../../parameters/fields.js';

/** The number of the load that is read. */
export const VersionField = (): PropertyDecorator =>
  IntegerField({
    description:
      'Number of a kept load, read as it was loaded, without edits. Default: the newest version.',
    min: 1,
    optional: true,
  });
