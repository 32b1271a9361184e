import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { DatasetAccess } from '../../data/dataset-access.js';
import { limitSql } from '../../data/query/limit.js';
import type { RawQuery } from '../../data/query/parse-query.js';
import { answerRecord } from '../../data/records/record-answers.js';
import { RecordsService } from '../../data/records/records.service.js';
import { formatVersion } from '../../data/schema.js';
import { Problem } from '../../errors/problem.js';
import { abortOnClose } from '../../http/abort-on-close.js';
import { ApiFieldsQuery } from '../../http/api-columns.js';
import { ApiProblems } from '../../http/api-problems.js';
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
  ) {}

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
