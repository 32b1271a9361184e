import { Controller, Get, Param, Query, Req, Res, type Type } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { RecordsController } from '../data/records/records.controller.js';
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
    constructor(private readonly records: RecordsController) {}

    @Get()
    @ApiOperation({ summary: `${title}: a page of records, filtered, searched, sorted` })
    @ApiFilteredQuery(PageParameters)
    @ApiProblems('unknown-dataset', 'unknown-column', 'invalid-parameter')
    page(
      @Query() query: RawQuery,
      @Req() request: FastifyRequest,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<string> {
      return this.records.page(name, query, request, reply);
    }

    @Get(':id')
    @ApiOperation({ summary: `${title}: one record` })
    @ApiProblems('unknown-dataset', 'unknown-record')
    one(
      @Param('id') id: string,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<string | undefined> {
      return this.records.one(name, id, undefined, reply);
    }
  }
  Reflect.defineMetadata('design:paramtypes', [RecordsController], CatalogController);
  Object.defineProperty(CatalogController, 'name', { value: `${name}Controller` });
  return CatalogController;
}
