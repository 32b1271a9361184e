import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { abortOnClose } from '../../http/abort-on-close.js';
import { ApiFilteredQuery } from '../../http/api-columns.js';
import { ApiProblems } from '../../http/api-problems.js';
import { Problem } from '../../errors/problem.js';
import { ChoiceField } from '../../parameters/fields.js';
import { validateQuery } from '../../parameters/validate.js';
import { formatVersion } from '../schema.js';
import type { RawQuery } from '../query/parse-query.js';
import { FilterParameters, PageParameters } from '../query/query-parameters.js';
import { answerPage } from './record-answers.js';
import { RECORD_EXAMPLE } from './record-example.js';
import { MAX_BULK, RecordEditor } from './record-editor.js';
import { RecordsService } from './records.service.js';

class CreateParameters {
  @ChoiceField(['error', 'replace'], {
    description: 'What to do where a record with the same key is there already.',
    default: 'error',
  })
  onConflict!: 'error' | 'replace';
}

type Reply = FastifyReply;

/** A table of records: questions to all of them, and lists of new ones. */
@ApiTags('records')
@Controller('datasets/:name')
export class RecordsController {
  constructor(
    private readonly records: RecordsService,
    private readonly editor: RecordEditor,
  ) {}

  @Get('records')
  @ApiOperation({ summary: 'A page of records: filtered, searched, sorted' })
  @ApiFilteredQuery(PageParameters)
  @ApiResponse({ status: 200, description: '{records, total, next, version}' })
  @ApiProblems('unknown-dataset', 'unknown-column', 'invalid-parameter', 'query-timeout')
  page(
    @Param('name') name: string,
    @Query() query: RawQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<string> {
    return answerPage(this.records, name, query, request, reply);
  }

  @Post('records')
  @ApiOperation({
    summary: 'Add one record or a list of records, all or none',
    description: `A list may hold ${String(MAX_BULK)} records; more than that is a load.`,
  })
  @ApiQuery({ name: 'onConflict', required: false, enum: ['error', 'replace'] })
  @ApiBody({ schema: { type: 'object', example: RECORD_EXAMPLE } })
  @ApiResponse({ status: 201, description: 'One: the record. A list: {ids, version}' })
  @ApiProblems(
    'unknown-dataset',
    'unknown-column',
    'invalid-parameter',
    'record-exists',
    'too-many-edits',
  )
  async create(
    @Param('name') name: string,
    @Query() query: RawQuery,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<object> {
    const { onConflict } = validateQuery(CreateParameters, query);
    const list = Array.isArray(body) ? (body as unknown[]) : [body];
    if (list.length === 0 || list.length > MAX_BULK) {
      throw new Problem(
        'invalid-body',
        `a list must hold 1 to ${String(MAX_BULK)} records; for more, load a file`,
      );
    }
    const { ids, version } = await this.editor.create(name, list, onConflict);
    reply.header('dataset-version', formatVersion(version));
    if (Array.isArray(body)) return { ids, version: formatVersion(version) };
    const id = ids[0] ?? '';
    const { stored } = await this.records.one(name, id);
    reply.headers({
      etag: stored.etag,
      location: `/datasets/${name}/records/${encodeURIComponent(id)}`,
    });
    return stored.record;
  }

  @Get('summary')
  @ApiOperation({
    summary: 'Each column in figures: count, missing, distinct, range, mean, quartiles, top values',
  })
  @ApiFilteredQuery(FilterParameters)
  @ApiProblems('unknown-dataset', 'unknown-column', 'invalid-parameter', 'query-timeout')
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
