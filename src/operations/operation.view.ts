import { ApiProperty } from '@nestjs/swagger';

import { jsonSchemaOf } from '../parameters/field-schema.js';
import type { Operation } from './operation.js';

const object = { type: 'object', additionalProperties: true } as const;

export class OperationView {
  @ApiProperty({ description: 'Name, as `analysis` of a job shows it.', example: 'load' })
  name!: string;

  @ApiProperty({ description: 'A title for people.', example: 'Load a dataset' })
  title!: string;

  @ApiProperty({ description: 'What it does, and what its results are.' })
  description!: string;

  @ApiProperty({ description: 'Whether POST /jobs takes it.', example: false })
  submittable!: boolean;

  @ApiProperty({
    enum: ['none', 'named', 'existing'],
    description: 'Whether it needs the name of a dataset, and whether that must be there already.',
  })
  dataset!: 'none' | 'named' | 'existing';

  @ApiProperty({ ...object, description: 'JSON schema of `params` of a job.' })
  params!: Record<string, unknown>;

  @ApiProperty({ ...object, description: '`params` of a request.' })
  example!: Readonly<Record<string, unknown>>;
}

export class OperationsView {
  @ApiProperty({ description: 'All operations, by name.', type: [OperationView] })
  operations!: OperationView[];
}

export function operationView(operation: Operation): OperationView {
  const { name, title, description, submittable, dataset, params, example } = operation;
  return {
    ...{ name, title, description, submittable, dataset },
    params: jsonSchemaOf(params),
    example,
  };
}
