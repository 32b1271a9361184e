import { Readable } from 'node:stream';

import { Controller, Get, Headers, Param, Res, StreamableFile } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { abortOnClose } from '../../http/abort-on-close.js';
import { ApiJobId } from '../requests/job-id.js';
import { EventsService } from './events.service.js';

@ApiTags('jobs')
@Controller('jobs/:id/events')
export class EventsController {
  constructor(private readonly events: EventsService) {}

  @Get()
  @ApiOperation({
    summary: 'Follow a job: server-sent events',
    description:
      'First the job (`state`) and its log so far (`log`), then what is new (`progress`, `log`, `state`), until it is finished. A comment every 15 seconds keeps the connection open.',
  })
  @ApiJobId('too-many-streams')
  @ApiHeader({
    name: 'last-event-id',
    required: false,
    description: 'Id of the last event that the caller has; log lines go on after it.',
  })
  @ApiOkResponse({
    description: 'The events, until the job is finished; 204 where there is nothing more to come.',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  })
  async follow(
    @Param('id') id: string,
    @Headers('last-event-id') last: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const seen = /^\d{1,15}$/.test(last ?? '') ? Number(last) : 0;
    const stream = await this.events.open(id, seen, abortOnClose(reply));
    if (stream === null) {
      reply.code(204);
      return undefined;
    }
    reply.headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    return new StreamableFile(Readable.from(stream), { type: 'text/event-stream; charset=utf-8' });
  }
}
