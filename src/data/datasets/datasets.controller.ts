import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  Patch,
  Put,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';

import { ApiProblems } from '../../http/api-problems.js';
import { STREAMED_BODY } from '../../http/body.js';
import { validateJson, validateQuery } from '../../parameters/validate.js';
import { formatVersion } from '../schema.js';
import { readableTypes } from '../load/formats/formats.js';
import type { RawQuery } from '../query/parse-query.js';
import { DatasetLoads } from './dataset-loads.js';
import { datasetSummary, datasetView } from './dataset-view.js';
import { DatasetsService } from './datasets.service.js';
import { DescribeParameters, LoadParameters } from './load-parameters.js';

@ApiTags('datasets')
@Controller('datasets')
export class DatasetsController {
  constructor(
    private readonly datasets: DatasetsService,
    private readonly loads: DatasetLoads,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List all datasets' })
  @ApiResponse({ status: 200, description: '{datasets, next}' })
  async list(): Promise<object> {
    const records = await this.datasets.list();
    return { datasets: records.map(datasetSummary), next: null };
  }

  @Put(':name')
  @RouteConfig(STREAMED_BODY)
  @ApiOperation({
    summary: 'Create or replace a dataset from a CSV, TSV, JSON or NDJSON file',
    description:
      'The body is the file, plain or gzipped. Types are decided over the whole file. Readers see the old data until the new data are complete.',
  })
  @ApiConsumes(...readableTypes, 'application/gzip', 'application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiResponse({ status: 201, description: 'Created: the load report' })
  @ApiResponse({ status: 200, description: 'Replaced: the load report' })
  @ApiProblems(
    'invalid-parameter',
    'dataset-changed',
    'payload-too-large',
    'unsupported-media-type',
    'unreadable-file',
    'storage-full',
  )
  async load(
    @Param('name') name: string,
    @Query() query: RawQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const parameters = validateQuery(LoadParameters, query);
    const type = request.headers['content-type'];
    const loaded = await this.loads.load(name, request.body as Readable, type, parameters);
    reply.status(loaded.created ? 201 : 200);
    reply.headers({
      'dataset-version': formatVersion(loaded.version),
      ...(loaded.created ? { location: `/datasets/${name}` } : {}),
    });
    const record = await this.datasets.get(name);
    return { ...datasetView(record), report: loaded.outcome.report };
  }

  @Get(':name')
  @ApiOperation({ summary: 'Describe a dataset: its columns, types, units, key and version' })
  @ApiProblems('unknown-dataset')
  async describe(
    @Param('name') name: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const record = await this.datasets.get(name);
    reply.header('dataset-version', formatVersion(record.version));
    return datasetView(record);
  }

  @Patch(':name')
  @ApiOperation({ summary: 'Change title, description, source, licence or citation' })
  @ApiBody({ type: DescribeParameters })
  @ApiProblems('unknown-dataset', 'invalid-parameter')
  async change(@Param('name') name: string, @Body() body: unknown): Promise<object> {
    const said = validateJson(DescribeParameters, body);
    return datasetView(await this.datasets.describe(name, said));
  }

  @Delete(':name')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a dataset, all its records and edits' })
  @ApiProblems('unknown-dataset')
  async remove(@Param('name') name: string): Promise<void> {
    await this.datasets.remove(name);
  }

  @Get(':name/load-report')
  @Header('cache-control', 'no-cache')
  @ApiOperation({ summary: 'What the last load kept, changed and refused' })
  @ApiProblems('unknown-dataset')
  async report(@Param('name') name: string): Promise<object> {
    return this.datasets.report(name);
  }
}
