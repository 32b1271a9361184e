import { Body, Controller, Delete, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { Problem } from '../../errors/problem.js';
import { ApiFilteredQuery } from '../../http/api-columns.js';
import { ApiProblems } from '../../http/api-problems.js';
import { BooleanField, ChoiceField } from '../../parameters/fields.js';
import { validateQuery } from '../../parameters/validate.js';
import { parseQuery, type RawQuery } from '../query/parse-query.js';
import { FilterParameters } from '../query/query-parameters.js';
import { formatVersion } from '../schema.js';
import { FilterDeleter } from './filter-deleter.js';
import { ListEditor, MAX_BULK } from './list-editor.js';
import { sendRecord } from './record-answers.js';
import { RECORD_EXAMPLE } from './record-example.js';
import { RecordsService } from './records.service.js';

class CreateParameters {
  @ChoiceField(['error', 'replace'], {
    description: 'What to do where a record with the same key is there already.',
    default: 'error',
  })
  onConflict!: 'error' | 'replace';
}

class DeleteParameters extends FilterParameters {
  @BooleanField({
    description: 'Must be true to delete every record, instead of a filter.',
    default: false,
  })
  all!: boolean;
}

/** Changes to many records with one request, all or none. */
@ApiTags('records')
@Controller('datasets/:name/records')
export class RecordListsController {
  constructor(
    private readonly lists: ListEditor,
    private readonly deleter: FilterDeleter,
    private readonly records: RecordsService,
  ) {}

  @Post()
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
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | string> {
    const { onConflict } = validateQuery(CreateParameters, query);
    if (Array.isArray(body)) {
      const { ids, version } = await this.lists.create(name, body, onConflict);
      reply.header('dataset-version', formatVersion(version));
      return { ids, version: formatVersion(version) };
    }
    const { ids, version } = await this.lists.create(name, [body], onConflict, () => '');
    const id = ids[0] ?? '';
    const { stored } = await this.records.one(name, id);
    reply.header('location', `/datasets/${name}/records/${encodeURIComponent(id)}`);
    return sendRecord(reply, stored, version);
  }

  @Patch()
  @ApiOperation({
    summary: 'Change some columns of many records, which are named by their keys; all or none',
  })
  @ApiBody({ schema: { type: 'array', items: { type: 'object' }, example: [{ id: 1, mass: 22 }] } })
  @ApiResponse({
    status: 200,
    description: 'The ids in the order of the list, and the new version',
    schema: { example: { ids: ['1'], version: '1.4' } },
  })
  @ApiProblems(
    'unknown-dataset',
    'unknown-record',
    'unknown-column',
    'invalid-parameter',
    'dataset-changed',
    'too-many-edits',
  )
  async patch(
    @Param('name') name: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    if (!Array.isArray(body)) {
      throw new Problem('invalid-body', 'the body must be a list of records, each with its key');
    }
    const { ids, version } = await this.lists.patch(name, body);
    reply.header('dataset-version', formatVersion(version));
    return { ids, version: formatVersion(version) };
  }

  @Delete()
  @HttpCode(200)
  @ApiOperation({ summary: 'Delete all records that a filter keeps; every record with all=true' })
  @ApiFilteredQuery(DeleteParameters)
  @ApiResponse({
    status: 200,
    description: 'How many were deleted, and the new version',
    schema: { example: { deleted: 12, version: '1.5' } },
  })
  @ApiProblems('unknown-dataset', 'unknown-column', 'invalid-parameter', 'dataset-changed')
  async remove(
    @Param('name') name: string,
    @Query() query: RawQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const { parameters, filter } = parseQuery(DeleteParameters, query);
    const { deleted, version } = await this.deleter.delete(name, filter, parameters.all);
    reply.header('dataset-version', formatVersion(version));
    return { deleted, version: formatVersion(version) };
  }
}
