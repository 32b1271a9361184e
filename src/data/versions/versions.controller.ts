import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { ApiProblems } from '../../http/api-problems.js';
import { validateQuery } from '../../parameters/validate.js';
import type { RawQuery } from '../query/parse-query.js';
import { formatVersion } from '../schema.js';
import { cite } from './citation.js';
import { CiteParameters, VersionParameters, VERSION_QUERY } from './version-parameters.js';
import { VersionsService } from './versions.service.js';

const TYPES = {
  text: 'text/plain; charset=utf-8',
  bibtex: 'application/x-bibtex; charset=utf-8',
  csl: 'application/vnd.citationstyles.csl+json; charset=utf-8',
} as const;

/** Which loads of a dataset are kept, what their schema is, and how to cite one. */
@ApiTags('datasets')
@Controller('datasets/:name')
export class VersionsController {
  constructor(private readonly versions: VersionsService) {}

  @Get('versions')
  @ApiOperation({ summary: 'The loads that are kept, newest first; `?version=` reads one' })
  @ApiResponse({ status: 200, description: '{versions, next}' })
  @ApiProblems('unknown-dataset')
  async list(
    @Param('name') name: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const { versions, version } = await this.versions.list(name);
    reply.header('dataset-version', formatVersion(version));
    return { versions, next: null };
  }

  @Get('schema')
  @ApiOperation({
    summary: 'Names and types of the columns, as `schema` of a load takes them',
    description: 'With it a text format brings back the same table.',
  })
  @ApiQuery(VERSION_QUERY)
  @ApiProblems('unknown-dataset', 'version-gone', 'invalid-parameter')
  async schema(
    @Param('name') name: string,
    @Query() query: RawQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const { version: load } = validateQuery(VersionParameters, query);
    const { schema, version } = await this.versions.schema(name, load);
    reply.header('dataset-version', formatVersion(version));
    return schema;
  }

  @Get('cite')
  @ApiOperation({ summary: 'How to cite the dataset, with its version and the day of access' })
  @ApiQuery({ name: 'format', required: false, enum: ['text', 'bibtex', 'csl'] })
  @ApiQuery(VERSION_QUERY)
  @ApiProblems('unknown-dataset', 'version-gone', 'invalid-parameter')
  async cite(
    @Param('name') name: string,
    @Query() query: RawQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { format, version: load } = validateQuery(CiteParameters, query);
    const record = await this.versions.at(name, load);
    reply.header('dataset-version', formatVersion(record.version));
    reply.type(TYPES[format]);
    const citation = cite(record, new Date());
    return format === 'csl' ? JSON.stringify(citation.csl) : citation[format];
  }
}
