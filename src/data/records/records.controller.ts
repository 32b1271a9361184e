import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { abortOnClose } from '../../http/abort-on-close.js';
import { ApiFilteredQuery } from '../../http/api-columns.js';
import { ApiProblems } from '../../http/api-problems.js';
import { formatVersion } from '../schema.js';
import type { RawQuery } from '../query/parse-query.js';
import { PageParameters, ReadParameters } from '../query/query-parameters.js';
import { Versioned } from '../versions/versioned.interceptor.js';
import { answerPage } from './record-answers.js';
import { RecordsService } from './records.service.js';

type Reply = FastifyReply;

/** A table of records: questions to all of them. */
@ApiTags('records')
@Controller('datasets/:name')
export class RecordsController {
  constructor(private readonly records: RecordsService) {}

  @Get('records')
  @Versioned()
  @ApiOperation({ summary: 'A page of records: filtered, searched, sorted' })
  @ApiFilteredQuery(PageParameters)
  @ApiResponse({ status: 200, description: '{records, total, next, version}' })
  @ApiProblems(
    'unknown-dataset',
    'version-gone',
    'cursor-gone',
    'unknown-column',
    'invalid-parameter',
    'query-timeout',
  )
  page(
    @Param('name') name: string,
    @Query() query: RawQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<string> {
    return answerPage(this.records, name, query, request, reply);
  }

  @Get('summary')
  @Versioned()
  @ApiOperation({
    summary: 'Each column in figures: count, missing, distinct, range, mean, quartiles, top values',
  })
  @ApiFilteredQuery(ReadParameters)
  @ApiProblems(
    'unknown-dataset',
    'version-gone',
    'unknown-column',
    'invalid-parameter',
    'query-timeout',
  )
  async summary(
    @Param('name') name: string,
    @Query() query: RawQuery,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<object> {
    const { version, ...summary } = await this.records.summary(name, query, abortOnClose(reply));
    reply.header('dataset-version', formatVersion(version));
    return { ...summary, version: formatVersion(version) };
  }
}
