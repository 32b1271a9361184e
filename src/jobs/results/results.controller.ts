import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';

import {
  applyDecorators,
  Controller,
  Get,
  Headers,
  Param,
  Res,
  StreamableFile,
} from '@nestjs/common';
import {
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import type { ProblemCode } from '../../errors/problems.js';
import { IF_RANGE, RANGE } from '../../http/byte-range.js';
import { IF_NONE_MATCH } from '../../http/etag.js';
import { ApiJobId } from '../requests/job-id.js';
import { attach, describePart, describeResult, isKnown, partOf } from './result-reply.js';
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
const BINARY = {
  content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
} as const;

/** Documents a route that sends bytes, as a whole or in part. */
const ApiParts = (): MethodDecorator =>
  applyDecorators(
    ApiHeader(IF_NONE_MATCH),
    ApiHeader(RANGE),
    ApiHeader(IF_RANGE),
    ApiOkResponse({ ...BINARY, description: 'The bytes, with their own media type.' }),
    ApiResponse({ ...BINARY, status: 206, description: 'The part that `Range` asks for.' }),
  );

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
  @ApiJobId('unknown-result', 'range-not-satisfiable', ...NO_RESULTS)
  @ApiParam({ name: 'name', description: 'Name of the result.', example: 'plot.png' })
  @ApiParts()
  async bytes(
    @Param('id') id: string,
    @Param('name') name: string,
    @Headers() headers: IncomingHttpHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | StreamableFile | undefined> {
    return this.send(await this.results.describe(id, name), headers, reply);
  }

  @Get('download/:id')
  @ApiOperation({
    summary: 'The picture of a job, as a file named by the job',
    description: '`plot.png`; of a job without one its first picture, else its first result.',
  })
  @ApiJobId('range-not-satisfiable', ...NO_RESULTS)
  @ApiParts()
  async download(
    @Param('id') id: string,
    @Headers() headers: IncomingHttpHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | StreamableFile | undefined> {
    const image = await this.results.describeImage(id);
    attach(reply, `${id}${/\.\w+$/.exec(image.name)?.[0] ?? ''}`);
    return this.send(image, headers, reply);
  }

  private async send(
    result: StoredResult,
    headers: IncomingHttpHeaders,
    reply: FastifyReply,
  ): Promise<Buffer | StreamableFile | undefined> {
    if (isKnown(result, headers['if-none-match'])) {
      describeResult(reply, result);
      reply.code(304);
      return undefined;
    }
    const part = partOf(result, reply.request.method, headers);
    const wanted = part ?? { from: 0, length: result.size };
    const body =
      wanted.length <= WHOLE_BYTES && part === null
        ? await this.results.bytes(result)
        : new StreamableFile(Readable.from(await this.results.stream(result, wanted)), {
            type: result.type,
            length: wanted.length,
          });
    describeResult(reply, result);
    if (part !== null) describePart(reply, result, part);
    return body;
  }
}
