import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';

import { problems, type ProblemCode } from './problems.js';

/** Documents the problems that a route may answer with, each status once with its codes and an example. */
export function ApiProblems(...codes: readonly ProblemCode[]): MethodDecorator & ClassDecorator {
  const statuses = new Set(codes.map((code) => problems[code].status));
  return applyDecorators(
    ...[...statuses].map((status) => {
      const of = codes.filter((code) => problems[code].status === status);
      return ApiResponse({
        status,
        description: of.map((code) => `\`${code}\`: ${problems[code].title}.`).join(' '),
        content: { 'application/problem+json': { schema: schemaOf(of, status) } },
      });
    }),
  );
}

const schemaOf = (codes: readonly ProblemCode[], status: number) => ({
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer', enum: [status] },
    code: { type: 'string', enum: [...codes] },
    detail: { type: 'string' },
  },
  additionalProperties: true,
});
