import { Readable } from 'node:stream';

import { Controller, Get, Headers, Param, Res, StreamableFile } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import type { ProblemCode } from '../../errors/problems.js';
import { IF_NONE_MATCH } from '../../http/etag.js';
import { ApiJobId } from '../requests/job-id.js';
import { attach, describeResult, isKnown } from './result-reply.js';
import type { StoredResult } from './result-store.js';
import { ResultsService } from './results.service.js';
import { ResultsView, resultsView } from './results.view.js';

const NO_RESULTS: readonly ProblemCode[] = [
  'job-not-finished',
  'job-failed',
  'job-cancelled',
  'result-expired',
];
/** Larger results are sent in parts. */
const WHOLE_BYTES = 1024 * 1024;
const BYTES = {
  description: 'The bytes, with their own media type.',
  content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
} as const;

@ApiTags('jobs')
@Controller()
export class ResultsController {
  constructor(private readonly results: ResultsService) {}

  @Get('jobs/:id/results')
  @ApiOperation({
    summary: 'The results of a job',
    description:
      'Names, types, sizes and addresses; small JSON is in `value`. 409 with `Retry-After` while the job is not finished.',
  })
  @ApiJobId(...NO_RESULTS)
  @ApiOkResponse({ type: ResultsView })
  async list(@Param('id') id: string): Promise<ResultsView> {
    const { job, results } = await this.results.list(id);
    return resultsView(job, results);
  }

  @Get('jobs/:id/results/:name')
  @ApiOperation({ summary: 'The bytes of one result' })
  @ApiJobId('unknown-result', ...NO_RESULTS)
  @ApiParam({ name: 'name', description: 'Name of the result.', example: 'plot.png' })
  @ApiHeader(IF_NONE_MATCH)
  @ApiOkResponse(BYTES)
  async bytes(
    @Param('id') id: string,
    @Param('name') name: string,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | StreamableFile | undefined> {
    return this.send(await this.results.describe(id, name), known, reply);
  }

  @Get('download/:id')
  @ApiOperation({
    summary: 'The picture of a job, as a file named by the job',
    description: '`plot.png`; of a job without one its first picture, else its first result.',
  })
  @ApiJobId(...NO_RESULTS)
  @ApiHeader(IF_NONE_MATCH)
  @ApiOkResponse(BYTES)
  async download(
    @Param('id') id: string,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | StreamableFile | undefined> {
    const image = await this.results.describeImage(id);
    attach(reply, `${id}${/\.\w+$/.exec(image.name)?.[0] ?? ''}`);
    return this.send(image, known, reply);
  }

  private async send(
    result: StoredResult,
    known: string | undefined,
    reply: FastifyReply,
  ): Promise<Buffer | StreamableFile | undefined> {
    const unchanged = isKnown(result, known);
    const whole = result.size <= WHOLE_BYTES;
    const body = unchanged
      ? undefined
      : whole
        ? await this.results.bytes(result)
        : new StreamableFile(Readable.from(await this.results.stream(result)), {
            type: result.type,
            length: result.size,
          });
    describeResult(reply, result);
    if (unchanged) reply.code(304);
    return body;
  }
}
