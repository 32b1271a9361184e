import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

import { AnalysisRegistry } from '../analyses/registry.js';
import { problems } from '../errors/problems.js';
import { documentFields } from '../parameters/api-properties.js';
import { jsonSchemaOf } from '../parameters/field-schema.js';
import { VERSION } from './version.js';

/** The OpenAPI document, made from the routes, the parameter classes and the problem table. */
export function openApiOf(app: INestApplication): OpenAPIObject {
  documentFields();
  const builder = new DocumentBuilder()
    .setTitle('Almanac')
    .setDescription(
      'Turns a dataset into a documented REST API with queued analyses and plots. Errors are problem documents (RFC 9457) which name the field at fault.',
    )
    .setVersion(VERSION)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, builder, {
    operationIdFactory: (controller, method) =>
      `${controller.replace('Controller', '')}.${method.replace(/\[(\d)\]/, '$1')}`,
  });
  const schemas = ((document.components ??= {}).schemas ??= {});
  schemas['Problem'] = PROBLEM;
  const parameters = parameterSchemas(app);
  Object.assign(schemas, parameters);
  const submitted = (schemas['SubmitJob'] as Schema | undefined)?.properties?.['params'];
  const names = Object.keys(parameters);
  Object.assign(submitted ?? {}, {
    oneOf: names.map((name) => ({ $ref: `#/components/schemas/${name}` })),
  });
  return document;
}

type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string] & {
  readonly properties?: Readonly<Record<string, object>>;
};

/** A schema for the parameters of each analysis. */
function parameterSchemas(app: INestApplication): Record<string, Schema> {
  const analyses = app.get(AnalysisRegistry, { strict: false }).all();
  return Object.fromEntries(
    analyses.map(({ analysis }) => [
      `${analysis.name}.params`,
      {
        ...jsonSchemaOf(analysis.params),
        title: analysis.title,
        description: analysis.description,
        example: analysis.example,
      },
    ]),
  );
}

const PROBLEM = {
  type: 'object',
  description: 'A problem document, RFC 9457',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: {
      type: 'string',
      description: 'Page of the problem',
      example: '/problems/unknown-column',
    },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What is wrong in this request' },
    code: { type: 'string', enum: Object.keys(problems) },
    instance: { type: 'string' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      description: 'The fields at fault',
      items: {
        type: 'object',
        properties: { field: { type: 'string' }, message: { type: 'string' } },
      },
    },
    near: { type: 'array', items: { type: 'string' }, description: 'Names like the unknown one' },
  },
};
