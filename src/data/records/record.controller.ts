import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Patch,
  Put,
  Query,
  Res,
} from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { ApiProblems } from '../../http/api-problems.js';
import { etagOfText, IF_NONE_MATCH } from '../../http/etag.js';
import { validateQuery } from '../../parameters/validate.js';
import type { RawQuery } from '../query/parse-query.js';
import { VersionParameters, VERSION_QUERY } from '../versions/version-parameters.js';
import { formatVersion } from '../schema.js';
import { answerRecord, sendRecord, sendUnlessKnown } from './record-answers.js';
import { RECORD_EXAMPLE } from './record-example.js';
import { RecordEditor, type Conditions } from './record-editor.js';
import { RecordsService } from './records.service.js';

type Reply = FastifyReply;

/** One record, addressed by its key. */
@ApiTags('records')
@Controller('datasets/:name/records')
export class RecordController {
  constructor(
    private readonly records: RecordsService,
    private readonly editor: RecordEditor,
  ) {}

  @Get(':id')
  @ApiOperation({ summary: 'One record' })
  @ApiHeader(IF_NONE_MATCH)
  @ApiResponse({
    status: 200,
    description: 'The record, with its ETag',
    schema: { example: RECORD_EXAMPLE },
  })
  @ApiQuery(VERSION_QUERY)
  @ApiProblems('unknown-dataset', 'unknown-record', 'version-gone')
  one(
    @Param('name') name: string,
    @Param('id') id: string,
    @Query() query: RawQuery,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<string | undefined> {
    const { version } = validateQuery(VersionParameters, query);
    return answerRecord(this.records, name, id, known, reply, version);
  }

  @Put(':id')
  @ApiOperation({ summary: 'Put a whole record in place, new or not' })
  @ApiHeader({ name: 'if-match', required: false, description: 'ETag of the record to replace' })
  @ApiBody({ schema: { type: 'object', example: RECORD_EXAMPLE } })
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
  ): Promise<string> {
    const written = await this.editor.replace(name, id, body, conditions(ifMatch, ifNoneMatch));
    reply.status(written.created ? 201 : 200);
    return sendRecord(reply, written.stored, written.version);
  }

  @Patch(':id')
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
  ): Promise<string> {
    const written = await this.editor.patch(name, id, body, conditions(ifMatch, undefined));
    return sendRecord(reply, written.stored, written.version);
  }

  @Delete(':id')
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

  @Get(':id/:column')
  @ApiOperation({ summary: 'One value of one record, as {column: value}' })
  @ApiHeader(IF_NONE_MATCH)
  @ApiQuery(VERSION_QUERY)
  @ApiProblems('unknown-dataset', 'unknown-record', 'unknown-column', 'version-gone')
  async value(
    @Param('name') name: string,
    @Param('id') id: string,
    @Param('column') column: string,
    @Query() query: RawQuery,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<string | undefined> {
    const { version: load } = validateQuery(VersionParameters, query);
    const { json, version } = await this.records.value(name, id, column, load);
    return sendUnlessKnown(reply, { json, etag: etagOfText(json) }, version, known);
  }
}

const conditions = (ifMatch: string | undefined, ifNoneMatch: string | undefined): Conditions => ({
  ...(ifMatch === undefined ? {} : { ifMatch }),
  ...(ifNoneMatch === undefined ? {} : { ifNoneMatch }),
});
