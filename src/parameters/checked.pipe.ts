import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';

import { fieldsOf } from './field-schema.js';
import { validateJson, validateQuery, type ParameterClass } from './validate.js';

/**
 * `@Body(CheckedPipe) body: SomeClass` and `@Query(CheckedPipe) query: SomeClass`: the argument is a checked
 * instance of the parameter class that it is declared with, which Swagger reads as well.
 */
export class CheckedPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (metatype === undefined || fieldsOf(metatype).length === 0) return value;
    const parameters = metatype as ParameterClass<object>;
    if (type === 'body') return validateJson(parameters, value);
    if (type === 'query') return validateQuery(parameters, value as Record<string, string>);
    return value;
  }
}
