import { Body, Controller, Delete, Get, Headers, HttpCode, Post, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { abortOnClose } from '../../http/abort-on-close.js';
import { ApiProblems } from '../../http/api-problems.js';
import { attach, describeResult, isKnown } from '../../jobs/results/result-reply.js';
import { ResultsService } from '../../jobs/results/results.service.js';
import { JobView, jobView } from '../../jobs/views/job.view.js';
import { validateJson } from '../../parameters/validate.js';
import { ImageRequest } from './image.request.js';
import { ImageService } from './image.service.js';

/** One image, as in the course: draw it, get it, remove it. */
@ApiTags('image')
@Controller('image')
export class ImageController {
  constructor(
    private readonly image: ImageService,
    private readonly results: ResultsService,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Draw the default dataset and keep the image',
    description: 'A worker draws it; the answer waits for it up to 25 seconds.',
  })
  @ApiBody({ type: ImageRequest, required: false })
  @ApiCreatedResponse({ type: JobView, description: 'The job that drew it; `Location: /image`.' })
  @ApiAcceptedResponse({ type: JobView, description: 'The job, where drawing takes long.' })
  @ApiProblems('no-data', 'invalid-parameter', 'unknown-analysis', 'unknown-column')
  async draw(
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JobView> {
    const request = validateJson(ImageRequest, body ?? {});
    const job = await this.image.draw(request, abortOnClose(reply));
    const done = job.status === 'complete';
    reply.status(done ? 201 : 202).header('location', done ? '/image' : `/jobs/${job.id}`);
    return jobView(job);
  }

  @Get()
  @ApiOperation({ summary: 'The image that was drawn last' })
  @ApiOkResponse({
    description: 'The image',
    content: { 'image/png': { schema: { type: 'string', format: 'binary' } } },
  })
  @ApiProblems('no-image', 'job-not-finished', 'result-expired')
  async show(
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | undefined> {
    const image = await this.image.find();
    const unchanged = isKnown(image, known);
    const bytes = unchanged ? undefined : await this.results.bytes(image);
    attach(reply, `image${/\.\w+$/.exec(image.name)?.[0] ?? ''}`);
    describeResult(reply, image);
    if (unchanged) reply.code(304);
    return bytes;
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove the image' })
  @ApiNoContentResponse({ description: 'Removed.' })
  @ApiProblems('no-image')
  remove(): Promise<void> {
    return this.image.remove();
  }
}
