import { ApiProperty } from '@nestjs/swagger';

import { jsonSchemaOf } from '../parameters/field-schema.js';
import type { Analysis } from './analysis.js';

export class AnalysisView {
  @ApiProperty({ description: 'Name, as `analysis` of a job takes it.', example: 'value-counts' })
  name!: string;

  @ApiProperty({ description: 'A title for people.', example: 'Value counts' })
  title!: string;

  @ApiProperty({ description: 'What it computes, and what its results are.' })
  description!: string;

  @ApiProperty({
    description: 'JSON schema of `params` of a job.',
    type: 'object',
    additionalProperties: true,
  })
  params!: Record<string, unknown>;

  @ApiProperty({
    description: '`params` of a request that can be sent as it is.',
    type: 'object',
    additionalProperties: true,
    example: { column: 'recclass', top: 10 },
  })
  example!: Readonly<Record<string, unknown>>;

  @ApiProperty({
    description: 'Related addresses.',
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { self: '/analyses/value-counts', submit: '/jobs' },
  })
  links!: Record<string, string>;
}

export class AnalysesView {
  @ApiProperty({ description: 'All analyses, by name.', type: [AnalysisView] })
  analyses!: AnalysisView[];
}

export function analysisView(analysis: Analysis): AnalysisView {
  const { name, title, description, example } = analysis;
  return {
    name,
    title,
    description,
    params: jsonSchemaOf(analysis.params),
    example,
    links: { self: `/analyses/${name}`, submit: '/jobs' },
  };
}
