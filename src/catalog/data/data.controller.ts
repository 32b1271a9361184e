import {
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Req,
  Res,
  StreamableFile,
} from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiAcceptedResponse, ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { CONFIGURATION } from '../../config/config.module.js';
import type { Configuration } from '../../config/configuration.js';
import { LoadParameters } from '../../data/datasets/load-parameters.js';
import { ExportsService } from '../../data/export/exports.service.js';
import { parseQuery, type RawQuery } from '../../data/query/parse-query.js';
import { FilterDeleter } from '../../data/records/filter-deleter.js';
import { answerRecord } from '../../data/records/record-answers.js';
import { RecordsService } from '../../data/records/records.service.js';
import { formatVersion } from '../../data/schema.js';
import { answerReload } from '../../data/sources/reload-answer.js';
import { Reload } from '../../data/sources/reload.js';
import { ApiFieldsQuery, ApiFilteredQuery } from '../../http/api-columns.js';
import { ApiProblems } from '../../http/api-problems.js';
import { STREAMED_BODY } from '../../http/body.js';
import { JobView } from '../../jobs/views/job.view.js';
import { DataParameters } from './data.parameters.js';

/** The default dataset, under the noun of the course: load it, list it, look at one record, empty it. */
@ApiTags('data')
@Controller('data')
export default class DataController {
  private readonly name: string;

  constructor(
    @Inject(CONFIGURATION) { defaultDataset }: Configuration,
    private readonly reload: Reload,
    private readonly exports: ExportsService,
    private readonly records: RecordsService,
    private readonly deleter: FilterDeleter,
  ) {
    this.name = defaultDataset;
  }

  @Post()
  @RouteConfig(STREAMED_BODY)
  @ApiOperation({
    summary: 'Load the default dataset, from the body or else from its source',
    description:
      'An empty body: a worker fetches the source of the dataset; the answer waits for it up to 25 seconds.',
  })
  @ApiBody({ schema: { type: 'string', format: 'binary' }, required: false })
  @ApiFieldsQuery(LoadParameters)
  @ApiResponse({ status: 201, description: 'The dataset and its load report' })
  @ApiResponse({ status: 200, description: 'The same, where it took the place of other data' })
  @ApiAcceptedResponse({ type: JobView, description: 'The job, where the source takes long.' })
  @ApiProblems('invalid-parameter', 'no-source', 'source-failed', 'unreadable-file')
  load(
    @Query() query: RawQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return answerReload(this.reload, this.name, query, request, reply);
  }

  @Get()
  @ApiOperation({
    summary: 'The records of the default dataset as a plain list, searched, filtered',
  })
  @ApiFilteredQuery(DataParameters)
  @ApiProblems('unknown-dataset', 'unknown-column', 'invalid-parameter')
  async list(
    @Query() query: RawQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { parameters, filter } = parseQuery(DataParameters, query);
    const wanted = Object.assign({ indent: 'false' as const }, parameters);
    const { version, stream } = await this.exports.open(this.name, wanted, filter, 'json');
    reply.header('dataset-version', formatVersion(version));
    return new StreamableFile(stream, { type: 'application/json; charset=utf-8' });
  }

  @Get(':id')
  @ApiOperation({ summary: 'One record of the default dataset' })
  @ApiProblems('unknown-dataset', 'unknown-record')
  one(
    @Param('id') id: string,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    return answerRecord(this.records, this.name, id, known, reply);
  }

  @Delete()
  @HttpCode(200)
  @ApiOperation({ summary: 'Remove all records of the default dataset' })
  @ApiResponse({
    status: 200,
    description: 'How many there were, and the new version',
    schema: { example: { deleted: 300, version: '1.1' } },
  })
  @ApiProblems('unknown-dataset', 'dataset-changed')
  async empty(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const { deleted, version } = await this.deleter.delete(this.name, {}, true);
    reply.header('dataset-version', formatVersion(version));
    return { deleted, version: formatVersion(version) };
  }
}
