import { applyDecorators } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';

import { ApiProblems } from '../../http/api-problems.js';
import type { ProblemCode } from '../../errors/problems.js';

/** Documents the id of a job in a path, and the problems of routes below it. */
export const ApiJobId = (...codes: readonly ProblemCode[]): MethodDecorator =>
  applyDecorators(
    ApiParam({
      name: 'id',
      description: 'Id of the job.',
      schema: { type: 'string', format: 'uuid' },
      example: '161207aa-9fe7-4caa-95b8-27f5bcbb16e7',
    }),
    ApiProblems('unknown-job', ...codes),
  );
