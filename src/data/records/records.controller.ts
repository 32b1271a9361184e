import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Req,
  Res,
  StreamableFile,
} from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
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
import { ExportParameters, ExportsService } from './exports.service.js';
import { pageJson } from './page-json.js';
import { MAX_BULK, RecordEditor, type Conditions } from './record-editor.js';
import { RecordsService } from './records.service.js';

class CreateParameters {
  @ChoiceField(['error', 'replace'], {
    description: 'What to do where a record with the same key is there already.',
    default: 'error',
  })
  onConflict!: 'error' | 'replace';
}

type Reply = FastifyReply;
const EXAMPLE = { id: 1, name: 'Aachen', 'mass (g)': 21 };

@ApiTags('records')
@Controller('datasets/:name')
export class RecordsController {
  constructor(
    private readonly records: RecordsService,
    private readonly editor: RecordEditor,
    private readonly exports: ExportsService,
  ) {}

  @Get('records')
  @ApiOperation({ summary: 'A page of records: filtered, searched, sorted' })
  @ApiFilteredQuery(PageParameters)
  @ApiResponse({ status: 200, description: '{records, total, next, version}' })
  @ApiProblems('unknown-dataset', 'unknown-column', 'invalid-parameter', 'query-timeout')
  async page(
    @Param('name') name: string,
    @Query() query: RawQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<string> {
    const page = await this.records.page(name, query, abortOnClose(reply));
    reply.header('dataset-version', formatVersion(page.version));
    reply.type('application/json; charset=utf-8');
    return pageJson(page, request.url);
  }

  @Post('records')
  @ApiOperation({
    summary: 'Add one record or a list of records, all or none',
    description: `A list may hold ${String(MAX_BULK)} records; more than that is a load.`,
  })
  @ApiQuery({ name: 'onConflict', required: false, enum: ['error', 'replace'] })
  @ApiBody({ schema: { type: 'object', example: EXAMPLE } })
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

  @Get('records/:id')
  @ApiOperation({ summary: 'One record' })
  @ApiHeader({
    name: 'if-none-match',
    required: false,
    description: 'ETag: 304 where it still holds',
  })
  @ApiResponse({
    status: 200,
    description: 'The record, with its ETag',
    schema: { example: EXAMPLE },
  })
  @ApiProblems('unknown-dataset', 'unknown-record')
  async one(
    @Param('name') name: string,
    @Param('id') id: string,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<string | undefined> {
    const { stored, version } = await this.records.one(name, id);
    reply.headers({ 'dataset-version': formatVersion(version), etag: stored.etag });
    if (known?.split(/,\s*/).includes(stored.etag)) {
      reply.status(304);
      return undefined;
    }
    reply.type('application/json; charset=utf-8');
    return stored.json;
  }

  @Put('records/:id')
  @ApiOperation({ summary: 'Put a whole record in place, new or not' })
  @ApiHeader({ name: 'if-match', required: false, description: 'ETag of the record to replace' })
  @ApiBody({ schema: { type: 'object', example: EXAMPLE } })
  @ApiResponse({ status: 200, description: 'Replaced' })
  @ApiResponse({ status: 201, description: 'Created' })
  @ApiProblems(
    'unknown-dataset',
    'unknown-column',
    'invalid-parameter',
    'precondition-failed',
    'too-many-edits',
  )
  async replace(
    @Param('name') name: string,
    @Param('id') id: string,
    @Body() body: unknown,
    @Headers('if-match') ifMatch: string | undefined,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<object> {
    const written = await this.editor.replace(name, id, body, conditions(ifMatch, ifNoneMatch));
    reply.status(written.created ? 201 : 200);
    reply.headers({ 'dataset-version': formatVersion(written.version), etag: written.stored.etag });
    return written.stored.record;
  }

  @Patch('records/:id')
  @ApiOperation({ summary: 'Change some columns of a record' })
  @ApiHeader({ name: 'if-match', required: false, description: 'ETag of the record to change' })
  @ApiBody({ schema: { type: 'object', example: { 'mass (g)': 22 } } })
  @ApiProblems(
    'unknown-dataset',
    'unknown-record',
    'unknown-column',
    'invalid-parameter',
    'precondition-failed',
  )
  async patch(
    @Param('name') name: string,
    @Param('id') id: string,
    @Body() body: unknown,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<object> {
    const written = await this.editor.patch(name, id, body, conditions(ifMatch, undefined));
    reply.headers({ 'dataset-version': formatVersion(written.version), etag: written.stored.etag });
    return written.stored.record;
  }

  @Delete('records/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a record' })
  @ApiHeader({ name: 'if-match', required: false, description: 'ETag of the record to delete' })
  @ApiProblems('unknown-dataset', 'unknown-record', 'precondition-failed')
  async remove(
    @Param('name') name: string,
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<void> {
    const version = await this.editor.remove(name, id, conditions(ifMatch, undefined));
    reply.header('dataset-version', formatVersion(version));
  }

  @Get('records/:id/:column')
  @ApiOperation({ summary: 'One value of one record, as {column: value}' })
  @ApiProblems('unknown-dataset', 'unknown-record', 'unknown-column')
  async value(
    @Param('name') name: string,
    @Param('id') id: string,
    @Param('column') column: string,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<object> {
    const { value, version } = await this.records.value(name, id, column);
    reply.header('dataset-version', formatVersion(version));
    return value;
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

  @Get('export')
  @ApiOperation({ summary: 'The whole (filtered) table as a file: json, ndjson or csv' })
  @ApiFilteredQuery(ExportParameters)
  @ApiProblems('unknown-dataset', 'unknown-column', 'invalid-parameter')
  async export(
    @Param('name') name: string,
    @Query() query: RawQuery,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<StreamableFile> {
    const { version, format, fileName, stream } = await this.exports.export(name, query);
    reply.header('dataset-version', formatVersion(version));
    return new StreamableFile(stream, {
      type: format.type,
      disposition: `attachment; filename="${fileName}"`,
    });
  }
}

const conditions = (ifMatch: string | undefined, ifNoneMatch: string | undefined): Conditions => ({
  ...(ifMatch === undefined ? {} : { ifMatch }),
  ...(ifNoneMatch === undefined ? {} : { ifNoneMatch }),
});
