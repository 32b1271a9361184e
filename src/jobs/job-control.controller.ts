import { Controller, Delete, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { JobControlService } from './job-control.service.js';
import { JobsService } from './jobs.service.js';
import { ApiJobId } from './requests/job-id.js';
import { cancelReceipt, CancelReceipt } from './views/cancel.view.js';
import { JobView, jobView } from './views/job.view.js';

@ApiTags('jobs')
@Controller('jobs/:id')
export class JobControlController {
  constructor(
    private readonly control: JobControlService,
    private readonly jobs: JobsService,
  ) {}

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

  @Post('retry')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Try a failed job again',
    description: 'The same job waits for a worker again, as if it were new.',
  })
  @ApiJobId('job-not-failed')
  @ApiAcceptedResponse({ type: JobView })
  async retry(@Param('id') id: string): Promise<JobView> {
    return jobView(await this.control.retry(id));
  }

  @Post('rerun')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Run a job once more, as a new job',
    description: 'The request of the job is checked and computed anew; `Location` is the new job.',
  })
  @ApiJobId('unknown-dataset', 'unknown-column')
  @ApiAcceptedResponse({ type: JobView })
  async rerun(
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JobView> {
    const view = jobView(await this.jobs.rerun(id));
    reply.header('location', `/jobs/${view.id}`);
    return view;
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
