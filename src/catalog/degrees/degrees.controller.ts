import { Controller, Get, Headers, Param, Post, Query, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { DatasetAccess } from '../../data/dataset-access.js';
import { LoadParameters } from '../../data/datasets/load-parameters.js';
import { limitSql } from '../../data/query/limit.js';
import type { RawQuery } from '../../data/query/parse-query.js';
import { answerRecord } from '../../data/records/record-answers.js';
import { RecordsService } from '../../data/records/records.service.js';
import { formatVersion } from '../../data/schema.js';
import { answerReload } from '../../data/sources/reload-answer.js';
import { Reload } from '../../data/sources/reload.js';
import { Problem } from '../../errors/problem.js';
import { abortOnClose } from '../../http/abort-on-close.js';
import { ApiFieldsQuery } from '../../http/api-columns.js';
import { ApiProblems } from '../../http/api-problems.js';
import { STREAMED_BODY } from '../../http/body.js';
import { validateQuery } from '../../parameters/validate.js';
import { DegreesParameters } from './degrees.parameters.js';

interface Row {
  readonly id: number;
  readonly year: number;
  readonly degrees: number;
}

/** The first API of the course: a list, one row, one value. */
@ApiTags('degrees')
@Controller('degrees')
export default class DegreesController {
  constructor(
    private readonly datasets: DatasetAccess,
    private readonly records: RecordsService,
    private readonly reload: Reload,
  ) {}

  @Post()
  @RouteConfig(STREAMED_BODY)
  @ApiOperation({
    summary: 'Load the five rows of the course, or else those of the body',
    description: 'It takes the place of what was loaded before.',
  })
  @ApiBody({ schema: { type: 'string', format: 'binary' }, required: false })
  @ApiFieldsQuery(LoadParameters)
  @ApiResponse({ status: 201, description: 'The dataset and its load report' })
  @ApiResponse({ status: 200, description: 'The same, where it took the place of other data' })
  @ApiProblems('invalid-parameter', 'unreadable-file')
  load(
    @Query() query: RawQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return answerReload(this.reload, 'degrees', query, request, reply);
  }

  @Get()
  @ApiOperation({ summary: 'All rows as a list, from a year on, or a part of them' })
  @ApiFieldsQuery(DegreesParameters)
  @ApiProblems('unknown-dataset', 'invalid-parameter')
  async list(
    @Query() query: RawQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Row[]> {
    const { start, limit, offset } = validateQuery(DegreesParameters, query);
    const filter = start === undefined ? {} : { year__gte: start };
    return this.datasets.read('degrees', filter, abortOnClose(reply), (reader) => {
      reply.header('dataset-version', reader.about.version);
      return reader.rows<Row>(
        `SELECT id, year, degrees FROM data ORDER BY year, id ${limitSql(limit, offset)}`,
      );
    });
  }

  @Get(':id')
  @ApiOperation({ summary: 'One row' })
  @ApiProblems('unknown-dataset', 'unknown-record', 'invalid-parameter')
  async one(
    @Param('id') id: string,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    return answerRecord(this.records, 'degrees', wholeNumber(id), known, reply);
  }

  @Get(':id/degrees')
  @ApiOperation({ summary: 'The degrees of one row, as {degrees: value}' })
  @ApiProblems('unknown-dataset', 'unknown-record', 'invalid-parameter')
  async degrees(
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { json, version } = await this.records.value('degrees', wholeNumber(id), 'degrees');
    reply.header('dataset-version', formatVersion(version));
    void reply.type('application/json; charset=utf-8');
    return json;
  }
}

/** @throws Problem `invalid-parameter` for `/degrees/A` and `/degrees/-1` */
function wholeNumber(id: string): string {
  if (/^\d{1,15}$/.test(id)) return String(Number(id));
  throw Problem.field('invalid-parameter', 'id', 'must be a whole number, 0 or more');
}
