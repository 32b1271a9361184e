import { Controller, Delete, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiAcceptedResponse, ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { DatasetAccess } from '../../data/dataset-access.js';
import { DatasetsService } from '../../data/datasets/datasets.service.js';
import type { RawQuery } from '../../data/query/parse-query.js';
import { Problem } from '../../errors/problem.js';
import type { Versioned } from '../../data/versioned.js';
import { answerReload } from '../../data/sources/reload-answer.js';
import { Reload } from '../../data/sources/reload.js';
import { textOfText } from '../../data/values.js';
import { abortOnClose } from '../../http/abort-on-close.js';
import { ApiFieldsQuery } from '../../http/api-columns.js';
import { ApiProblems } from '../../http/api-problems.js';
import { STREAMED_BODY } from '../../http/body.js';
import { JobView } from '../../jobs/views/job.view.js';
import { validateQuery } from '../../parameters/validate.js';
import { epochTime } from './epoch.js';
import { EpochsParameters, NowParameters } from './iss.parameters.js';
import { IssService } from './iss.service.js';
import { locationOf, speedOf, stateOf } from './states.js';

/** Where the International Space Station is: the orbit file, its epochs, and places on Earth. */
@ApiTags('iss')
@Controller('iss')
@ApiProblems('unknown-dataset')
export default class IssController {
  private readonly iss: IssService;

  constructor(
    datasets: DatasetAccess,
    private readonly records: DatasetsService,
    private readonly reload: Reload,
  ) {
    this.iss = new IssService(datasets, records);
  }

  @Get()
  @ApiOperation({
    summary: 'The whole orbit file: header, metadata, comments and all state vectors',
  })
  async whole(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const about = await this.iss.about();
    return { ...about, stateVectors: tell(reply, await this.iss.states(abortOnClose(reply))) };
  }

  @Get('header')
  @ApiOperation({ summary: 'The header of the orbit file' })
  async header(): Promise<object> {
    return (await this.iss.about()).header;
  }

  @Get('metadata')
  @ApiOperation({ summary: 'The metadata of the orbit file: object, frame, first and last time' })
  async metadata(): Promise<object> {
    return (await this.iss.about()).metadata;
  }

  @Get('comment')
  @ApiOperation({ summary: 'The comments of the orbit file, line by line' })
  async comment(): Promise<readonly string[]> {
    return (await this.iss.about()).comment;
  }

  @Get('epochs')
  @ApiOperation({ summary: 'The epochs as a list' })
  @ApiFieldsQuery(EpochsParameters)
  @ApiProblems('invalid-parameter')
  async epochs(
    @Query() query: RawQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string[]> {
    const { limit, offset } = validateQuery(EpochsParameters, query);
    return tell(reply, await this.iss.epochs(limit, offset, abortOnClose(reply)));
  }

  @Get('epochs/:epoch')
  @ApiOperation({ summary: 'The state vector of an epoch: position in km, velocity in km/s' })
  @ApiProblems('unknown-record')
  async state(
    @Param('epoch') epoch: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return tell(reply, await this.iss.state(epoch, abortOnClose(reply)));
  }

  @Get('epochs/:epoch/speed')
  @ApiOperation({ summary: 'The speed at an epoch, km/s' })
  @ApiProblems('unknown-record')
  async speed(
    @Param('epoch') epoch: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return speedOf(stateOf(tell(reply, await this.iss.state(epoch, abortOnClose(reply)))));
  }

  @Get('epochs/:epoch/location')
  @ApiOperation({
    summary: 'The place below the station at an epoch, its altitude and the country',
  })
  @ApiProblems('unknown-record')
  async location(
    @Param('epoch') epoch: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return locationOf(stateOf(tell(reply, await this.iss.state(epoch, abortOnClose(reply)))));
  }

  @Get('now')
  @ApiOperation({
    summary: 'The nearest epoch to now, its place and speed, and those at this very moment',
  })
  @ApiFieldsQuery(NowParameters)
  @ApiProblems('invalid-parameter', 'empty-dataset')
  async now(
    @Query() query: RawQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const { at } = validateQuery(NowParameters, query);
    const time = at === undefined ? Date.now() : timeOf(at);
    return tell(reply, await this.iss.now(time, abortOnClose(reply)));
  }

  @Post('post-data')
  @RouteConfig(STREAMED_BODY)
  @ApiOperation({
    summary: 'Load the orbit again: from the body, or else from NASA',
    description:
      'An empty body: a worker fetches the file of NASA; the answer waits for it up to 25 seconds.',
  })
  @ApiBody({ schema: { type: 'string', format: 'binary' }, required: false })
  @ApiResponse({ status: 201, description: 'The dataset and its load report' })
  @ApiResponse({ status: 200, description: 'The same, where it took the place of another orbit' })
  @ApiAcceptedResponse({ type: JobView, description: 'The job, where NASA takes long.' })
  @ApiProblems('source-failed', 'unreadable-file')
  load(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return answerReload(this.reload, 'iss', {}, request, reply);
  }

  @Delete('delete-data')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Remove the orbit; POST /iss/post-data brings one back',
  })
  remove(): Promise<void> {
    return this.records.remove('iss');
  }
}

/**
 * Milliseconds since 1970 of a time, also of one that is written like the epochs of the file, by the day of the year.
 * @throws Problem `invalid-parameter`
 */
function timeOf(at: string): number {
  const byDay = /^\d{4}-\d{3}T/.test(at) ? epochTime(at) : null;
  const time = byDay ?? Date.parse(textOfText('timestamp', at) ?? '');
  if (Number.isFinite(time) && Math.abs(time) <= 4e12) return time;
  throw Problem.field(
    'invalid-parameter',
    'at',
    'must be a time such as 2023-02-25T20:08:37Z or 2023-056T20:08:37Z',
  );
}

/** The value, with its version in the header. */
function tell<T>(reply: FastifyReply, { value, version }: Versioned<T>): T {
  reply.header('dataset-version', version);
  return value;
}
