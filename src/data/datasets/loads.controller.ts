import { Controller, Get, Header, Param, Put, Query, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConsumes,
  ApiHeader,
  ApiOperation,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';

import { ApiFieldsQuery } from '../../http/api-columns.js';
import { ApiProblems } from '../../http/api-problems.js';
import { STREAMED_BODY } from '../../http/body.js';
import { PREFER, wantsItLater } from '../../http/prefer.js';
import { JobView, jobView } from '../../jobs/views/job.view.js';
import { CheckedPipe } from '../../parameters/checked.pipe.js';
import { readableTypes } from '../load/formats/formats.js';
import type { RawQuery } from '../query/parse-query.js';
import { formatVersion } from '../schema.js';
import { DatasetsService } from './datasets.service.js';
import { datasetView } from './dataset-view.js';
import { LoadParameters, RejectsPage } from './load-parameters.js';
import { LoadsService } from './loads.service.js';

@ApiTags('datasets')
@Controller('datasets')
export class LoadsController {
  constructor(
    private readonly datasets: DatasetsService,
    private readonly loads: LoadsService,
  ) {}

  @Put(':name')
  @RouteConfig(STREAMED_BODY)
  @ApiOperation({
    summary: 'Create or replace a dataset from a file',
    description:
      'The body is the file (CSV, TSV, JSON, NDJSON, GeoJSON, XML, YAML or Parquet), plain or gzipped, or a form with a file and fields called like the parameters. Types are decided over the whole file. Readers see the old data until the new data are complete. With `Prefer: respond-async` the answer is a job, once the file has arrived.',
  })
  @ApiConsumes(
    ...readableTypes,
    'application/gzip',
    'application/octet-stream',
    'multipart/form-data',
  )
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiFieldsQuery(LoadParameters)
  @ApiHeader(PREFER)
  @ApiResponse({ status: 201, description: 'Created: the dataset and its load report' })
  @ApiResponse({ status: 200, description: 'Replaced: the dataset and its load report' })
  @ApiAcceptedResponse({ type: JobView, description: 'The job that loads it.' })
  @ApiProblems(
    'invalid-parameter',
    'dataset-changed',
    'payload-too-large',
    'unsupported-media-type',
    'unreadable-file',
    'rejected-rows',
    'storage-full',
  )
  async load(
    @Param('name') name: string,
    @Query() query: RawQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const body = request.body as Readable;
    const { prefer, 'content-type': type } = request.headers;
    if (wantsItLater(prefer)) {
      const view = jobView(await this.loads.loadLater(name, body, type, query));
      reply.status(202);
      reply.headers({ location: `/jobs/${view.id}`, 'preference-applied': 'respond-async' });
      return view;
    }
    const loaded = await this.loads.load(name, body, type, query);
    reply.status(loaded.created ? 201 : 200);
    reply.headers({
      'dataset-version': formatVersion(loaded.version),
      ...(loaded.created ? { location: `/datasets/${name}` } : {}),
    });
    const record = await this.datasets.get(name);
    return { ...datasetView(record), report: loaded.outcome.report };
  }

  @Get(':name/load-report')
  @Header('cache-control', 'no-cache')
  @ApiOperation({ summary: 'What the last load kept, changed and refused' })
  @ApiProblems('unknown-dataset', 'dataset-not-loaded')
  async report(
    @Param('name') name: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const { report, version } = await this.datasets.get(name);
    reply.header('dataset-version', formatVersion(version));
    return report;
  }

  @Get(':name/rejects')
  @Header('cache-control', 'no-cache')
  @ApiOperation({
    summary: 'Rows that the last load refused: line, column, value and reason',
    description: 'The first 10,000 are kept; `total` counts all.',
  })
  @ApiProblems('unknown-dataset', 'dataset-not-loaded', 'invalid-parameter')
  async rejects(
    @Param('name') name: string,
    @Query(CheckedPipe) page: RejectsPage,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const { version, ...rejects } = await this.datasets.rejects(name, page);
    reply.header('dataset-version', version);
    return { ...rejects, version };
  }
}
