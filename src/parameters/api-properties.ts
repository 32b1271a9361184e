import { ApiProperty } from '@nestjs/swagger';

import { notedFields } from './field-schema.js';

let documented = 0;

/** Gives the fields of all parameter classes their place in OpenAPI; to be called before the document is made. */
export function documentFields(): void {
  const fields = notedFields();
  for (; documented < fields.length; documented++) {
    const { target, field } = fields[documented] ?? {};
    if (target === undefined || field === undefined) continue;
    const { enum: options, items, oneOf, ...rest } = field.schema;
    ApiProperty({
      ...(rest as Record<string, unknown>),
      ...(options === undefined ? {} : { enum: [...options] }),
      ...(items === undefined ? {} : { items: { ...items } }),
      ...(oneOf === undefined ? {} : { oneOf: [...oneOf] }),
      required: !field.optional,
    })(target.prototype as object, field.name);
  }
}
