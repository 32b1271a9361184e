import { Body, Controller, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiCreatedResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { ApiProblems } from '../../http/api-problems.js';
import { JobView, jobView } from '../../jobs/views/job.view.js';
import { CheckedPipe } from '../../parameters/checked.pipe.js';
import { declaredView } from '../datasets/dataset-view.js';
import { CreateDataset, LoadSourceParameters } from './source-parameters.js';
import { SourcesService } from './sources.service.js';

@ApiTags('datasets')
@Controller('datasets')
export class SourcesController {
  constructor(private readonly sources: SourcesService) {}

  @Post()
  @HttpCode(201)
  @ApiOperation({
    summary: 'Declare a dataset that is loaded from an address',
    description:
      'Nothing is fetched yet: POST /datasets/{name}/load does that, as often as you like.',
  })
  @ApiBody({ type: CreateDataset })
  @ApiCreatedResponse({ description: 'The dataset, without records yet.' })
  @ApiProblems('invalid-parameter', 'source-refused', 'dataset-exists')
  async create(
    @Body(CheckedPipe) body: CreateDataset,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const source = await this.sources.create(body);
    reply.header('location', `/datasets/${body.name}`);
    return declaredView(body.name, source);
  }

  @Post(':name/load')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Load a dataset from its source, or load it again',
    description:
      'A job fetches the source and loads it; readers see the old data until the new data are complete. A source that says it has not changed (ETag, Last-Modified) is not loaded again.',
  })
  @ApiAcceptedResponse({ type: JobView, description: 'The job, accepted.' })
  @ApiProblems('unknown-dataset', 'no-source')
  async load(
    @Param('name') name: string,
    @Query(CheckedPipe) query: LoadSourceParameters,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JobView> {
    const view = jobView(await this.sources.load(name, query));
    reply.header('location', `/jobs/${view.id}`);
    return view;
  }
}
