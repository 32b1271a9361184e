import { applyDecorators } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';

import { fieldsOf } from '../parameters/field-schema.js';

/** Documents the fields of a parameter class as query parameters. */
export function ApiFieldsQuery(parameters: object): MethodDecorator {
  return applyDecorators(
    ...fieldsOf(parameters).map(({ name, schema, optional }) =>
      ApiQuery({
        name,
        required: !optional,
        description: schema.description,
        schema: { ...schema } as Record<string, unknown>,
      }),
    ),
  );
}

/** The same, and filters by column beside them. */
export function ApiFilteredQuery(parameters: object): MethodDecorator {
  return applyDecorators(
    ApiFieldsQuery(parameters),
    ApiQuery({
      name: 'filter',
      required: false,
      style: 'form',
      explode: true,
      description:
        'Any column: `column=value` (repeated: any of them) or `column__op=value` with eq, not, gt, gte, lt, lte, in, notin, contains, startswith, endswith, like, isnull, notnull.',
      schema: { type: 'object', additionalProperties: { type: 'string' } },
      example: { recclass: 'L5', 'mass (g)__gt': '1000' },
    }),
  );
}
