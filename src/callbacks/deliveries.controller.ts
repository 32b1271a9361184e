import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';

import { ApiJobId } from '../jobs/requests/job-id.js';
import { DeliveriesService } from './deliveries.service.js';
import { DeliveriesView, deliveryView } from './delivery.view.js';

@ApiTags('jobs')
@Controller('jobs/:id/deliveries')
export class DeliveriesController {
  constructor(private readonly deliveries: DeliveriesService) {}

  @Get()
  @ApiOperation({
    summary: 'The attempts to report the end of a job',
    description: 'To the `callback` of its request; empty without one, and before it ends.',
  })
  @ApiJobId()
  @ApiOkResponse({ type: DeliveriesView })
  async list(@Param('id') id: string): Promise<DeliveriesView> {
    return { deliveries: (await this.deliveries.of(id)).map(deliveryView) };
  }
}
