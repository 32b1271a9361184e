import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';

import { problems, type ProblemCode } from '../errors/problems.js';

/** The problems that a route can answer with, for OpenAPI; one response a status. */
export function ApiProblems(...codes: ProblemCode[]): MethodDecorator & ClassDecorator {
  const statuses = new Set(codes.map((code) => problems[code].status));
  return applyDecorators(
    ...[...statuses].map((status) => {
      const some = codes.filter((code) => problems[code].status === status);
      return ApiResponse({
        status,
        description: some.map((code) => `\`${code}\`: ${problems[code].title}`).join('; '),
        content: {
          'application/problem+json': {
            schema: { $ref: '#/components/schemas/Problem' },
            example: exampleOf(some[0] ?? 'internal'),
          },
        },
      });
    }),
  );
}

const exampleOf = (code: ProblemCode): object => ({
  type: `/problems/${code}`,
  title: problems[code].title,
  status: problems[code].status,
  detail: problems[code].help,
  code,
});
