import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { ApiProblems } from '../../http/api-problems.js';
import { validateJson } from '../../parameters/validate.js';
import { formatVersion } from '../schema.js';
import { datasetView } from './dataset-view.js';
import { DatasetsService } from './datasets.service.js';
import { DescribeParameters } from './load-parameters.js';

@ApiTags('datasets')
@Controller('datasets')
export class DatasetsController {
  constructor(private readonly datasets: DatasetsService) {}

  @Get()
  @ApiOperation({ summary: 'List all datasets' })
  @ApiResponse({ status: 200, description: '{datasets, next}' })
  async list(): Promise<object> {
    return { datasets: await this.datasets.list(), next: null };
  }

  @Get(':name')
  @ApiOperation({ summary: 'Describe a dataset: its columns, types, units, key and version' })
  @ApiProblems('unknown-dataset')
  async describe(
    @Param('name') name: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const declared = await this.datasets.declared(name);
    if (declared !== null) return declared;
    const record = await this.datasets.get(name);
    reply.header('dataset-version', formatVersion(record.version));
    return datasetView(record);
  }

  @Patch(':name')
  @ApiOperation({ summary: 'Change title, description, source, licence or citation' })
  @ApiBody({ type: DescribeParameters })
  @ApiProblems('unknown-dataset', 'invalid-parameter')
  async change(
    @Param('name') name: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const record = await this.datasets.describe(name, validateJson(DescribeParameters, body));
    reply.header('dataset-version', formatVersion(record.version));
    return datasetView(record);
  }

  @Delete(':name')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a dataset, all its records and edits' })
  @ApiProblems('unknown-dataset')
  async remove(@Param('name') name: string): Promise<void> {
    await this.datasets.remove(name);
  }
}
