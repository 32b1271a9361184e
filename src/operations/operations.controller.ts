import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { OperationRegistry } from './operation-registry.js';
import { OperationsView, operationView } from './operation.view.js';

@ApiTags('analyses')
@Controller('operations')
export class OperationsController {
  constructor(private readonly registry: OperationRegistry) {}

  @Get()
  @ApiOperation({
    summary: 'What runs as a job and is no analysis',
    description:
      'Every operation with the JSON schema of its parameters and an example. Those with `submittable` are taken by POST /jobs; the others have routes of their own.',
  })
  @ApiOkResponse({ type: OperationsView })
  list(): OperationsView {
    return { operations: this.registry.all().map(operationView) };
  }
}
