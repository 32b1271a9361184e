import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';

import { ApiProblems } from '../http/api-problems.js';
import { validateJson } from '../parameters/validate.js';
import { CloseQueue } from './close-queue.js';
import { QueuesService } from './queues.service.js';
import { QueuesView, QueueView } from './queue.view.js';

const ApiName = ApiParam({ name: 'name', description: 'Name of the queue.', example: 'analyses' });

@ApiTags('queues')
@Controller('queues')
export class QueuesController {
  constructor(private readonly queues: QueuesService) {}

  @Get()
  @ApiOperation({ summary: 'The queues, with counts of their jobs' })
  @ApiOkResponse({ type: QueuesView })
  async list(): Promise<QueuesView> {
    return { queues: await this.queues.all() };
  }

  @Get(':name')
  @ApiOperation({
    summary: 'One queue: counts of its jobs, whether it takes more',
    description: '`drained` is true once it is closed and every job is finished.',
  })
  @ApiName
  @ApiOkResponse({ type: QueueView })
  @ApiProblems('unknown-queue')
  async show(@Param('name') name: string): Promise<QueueView> {
    return this.queues.find(name);
  }

  @Post(':name/pause')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Let its jobs wait',
    description:
      'Workers finish what they run and take no more, all of them at once. New jobs are accepted.',
  })
  @ApiName
  @ApiOkResponse({ type: QueueView })
  @ApiProblems('unknown-queue')
  async pause(@Param('name') name: string): Promise<QueueView> {
    return this.queues.pause(name);
  }

  @Post(':name/resume')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let workers take its jobs again' })
  @ApiName
  @ApiOkResponse({ type: QueueView })
  @ApiProblems('unknown-queue')
  async resume(@Param('name') name: string): Promise<QueueView> {
    return this.queues.resume(name);
  }

  @Post(':name/close')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Refuse new jobs',
    description:
      'Every process answers new jobs with 503, `Retry-After` and the message from now on; those that were accepted are worked off.',
  })
  @ApiName
  @ApiBody({ type: CloseQueue, required: false })
  @ApiOkResponse({ type: QueueView })
  @ApiProblems('unknown-queue', 'invalid-parameter')
  async close(@Param('name') name: string, @Body() body: unknown): Promise<QueueView> {
    const { message = null } = validateJson(CloseQueue, body ?? {});
    return this.queues.close(name, message);
  }

  @Post(':name/open')
  @HttpCode(200)
  @ApiOperation({ summary: 'Accept new jobs again' })
  @ApiName
  @ApiOkResponse({ type: QueueView })
  @ApiProblems('unknown-queue')
  async open(@Param('name') name: string): Promise<QueueView> {
    return this.queues.open(name);
  }
}
