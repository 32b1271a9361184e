import { Controller, Delete, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';

import { JobControlService } from './job-control.service.js';
import { ApiJobId } from './requests/job-id.js';
import { cancelReceipt, CancelReceipt } from './views/cancel.view.js';

@ApiTags('jobs')
@Controller('jobs/:id')
export class JobControlController {
  constructor(private readonly control: JobControlService) {}

  @Post('cancel')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Cancel a job that waits or runs',
    description:
      'Waits up to two seconds for a job that runs to stop. The receipt says who asked first, when, and when the job stopped.',
  })
  @ApiJobId('job-finished')
  @ApiAcceptedResponse({ type: CancelReceipt })
  async cancel(@Param('id') id: string, @Req() request: FastifyRequest): Promise<CancelReceipt> {
    const requester = { by: request.id, address: request.ip };
    return cancelReceipt(await this.control.cancel(id, requester));
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Remove a finished job',
    description: 'Its record, its log and its results.',
  })
  @ApiJobId('job-not-finished')
  @ApiNoContentResponse({ description: 'Removed.' })
  async remove(@Param('id') id: string): Promise<void> {
    await this.control.remove(id);
  }
}
