import { Controller, Get, Headers, Param, Query, Req, Res, type Type } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { answerPage, answerRecord } from '../data/records/record-answers.js';
import { RecordsService } from '../data/records/records.service.js';
import { PageParameters } from '../data/query/query-parameters.js';
import type { RawQuery } from '../data/query/parse-query.js';
import { ApiFilteredQuery } from '../http/api-columns.js';
import { ApiProblems } from '../http/api-problems.js';
import type { DatasetDeclaration } from './declaration.js';

/** The routes of a declared dataset under its own noun: a page of records, and one of them. */
export function catalogController({ name, title }: DatasetDeclaration): Type {
  @ApiTags(name)
  @Controller(name)
  class CatalogController {
    constructor(private readonly records: RecordsService) {}

    @Get()
    @ApiOperation({ summary: `${title}: a page of records, filtered, searched, sorted` })
    @ApiFilteredQuery(PageParameters)
    @ApiProblems('unknown-dataset', 'unknown-column', 'invalid-parameter')
    page(
      @Query() query: RawQuery,
      @Req() request: FastifyRequest,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<string> {
      return answerPage(this.records, name, query, request, reply);
    }

    @Get(':id')
    @ApiOperation({ summary: `${title}: one record` })
    @ApiProblems('unknown-dataset', 'unknown-record')
    one(
      @Param('id') id: string,
      @Headers('if-none-match') known: string | undefined,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<string | undefined> {
      return answerRecord(this.records, name, id, known, reply);
    }
  }
  Reflect.defineMetadata('design:paramtypes', [RecordsService], CatalogController);
  Object.defineProperty(CatalogController, 'name', { value: `${name}Controller` });
  return CatalogController;
}
