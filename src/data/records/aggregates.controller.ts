import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { abortOnClose } from '../../http/abort-on-close.js';
import { ApiFilteredQuery } from '../../http/api-columns.js';
import { ApiProblems } from '../../http/api-problems.js';
import type { RawQuery } from '../query/parse-query.js';
import { AggregateParameters } from '../query/query-parameters.js';
import { formatVersion } from '../schema.js';
import { Versioned } from '../versions/versioned.interceptor.js';
import { AggregatesService } from './aggregates.service.js';
import { nextUrl, pageJson } from './page-json.js';

/** Figures of groups of records. */
@ApiTags('records')
@Controller('datasets/:name')
export class AggregatesController {
  constructor(private readonly aggregates: AggregatesService) {}

  @Get('aggregate')
  @Versioned()
  @ApiOperation({
    summary: 'Figures of groups: count, distinct, sum, mean, sd, min, max, quantiles, first, last',
    description:
      'Groups are made by the values of columns (`group`), by time (`bucket`), or both. Filters are those of a page of records.',
  })
  @ApiFilteredQuery(AggregateParameters)
  @ApiResponse({
    status: 200,
    description: 'One record a group: {records, total, next, version}',
    schema: {
      example: {
        records: [{ recclass: 'L6', count: 8285, 'mean(mass (g))': 2654.4 }],
        total: 466,
        next: null,
        version: '1.0',
      },
    },
  })
  @ApiProblems(
    'unknown-dataset',
    'unknown-column',
    'invalid-parameter',
    'unsuitable-column',
    'result-too-large',
    'query-timeout',
  )
  async aggregate(
    @Param('name') name: string,
    @Query() query: RawQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const page = await this.aggregates.aggregate(name, query, abortOnClose(reply));
    reply.header('dataset-version', formatVersion(page.version));
    reply.type('application/json; charset=utf-8');
    const end = page.offset + page.records.length;
    const more = page.records.length > 0 && end < page.total;
    return pageJson(page, more ? nextUrl(request.url, { offset: String(end) }) : null);
  }
}
