import { applyDecorators, Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import type { RawQuery } from '../data/query/parse-query.js';
import { FilterParameters } from '../data/query/query-parameters.js';
import { ApiFieldsQuery, ApiFilteredQuery } from '../http/api-columns.js';
import { ApiProblems } from '../http/api-problems.js';
import { IF_NONE_MATCH, matchesEtag } from '../http/etag.js';
import { PREFER, wantsItLater } from '../http/prefer.js';
import { CACHE_CONTROL, wantsFresh } from '../jobs/requests/submit-headers.js';
import { describeResult } from '../jobs/results/result-reply.js';
import { JobView, jobView } from '../jobs/views/job.view.js';
import { PlotParameters } from '../plots/plot.parameters.js';
import { PicturesService } from './pictures.service.js';

type Answer = Promise<Buffer | JobView | undefined>;
interface PictureHeaders {
  readonly 'if-none-match'?: string;
  readonly 'cache-control'?: string;
  readonly prefer?: string;
}

const SECONDS_UNTIL_THEN = '2';
const ABOUT =
  'The picture that the job of that kind draws, as a plain address. It is drawn by a job, once for each version of the dataset, and kept. What takes longer than some seconds is answered by the job (202): ask again, or follow it.';

/** What both forms of a picture say about themselves. */
const ApiPicture = (summary: string, type: string): MethodDecorator =>
  applyDecorators(
    ApiOperation({ summary, description: ABOUT }),
    ApiQuery({
      name: 'kind',
      example: 'histogram',
      description: 'Kind of the plot: the analysis of that name.',
    }),
    ApiQuery({
      name: 'params',
      required: false,
      style: 'form',
      explode: true,
      description:
        'The parameters of that analysis, each by its name: GET /analyses/{kind} describes them. Lists take commas, objects JSON.',
      schema: { type: 'object', additionalProperties: { type: 'string' } },
      example: { column: 'mass (g)', bins: '30' },
    }),
    ApiFieldsQuery(PlotParameters),
    ApiFilteredQuery(FilterParameters),
    ApiHeader(IF_NONE_MATCH),
    ApiHeader(CACHE_CONTROL),
    ApiHeader(PREFER),
    ApiOkResponse({
      description: 'The picture.',
      content: { [type]: { schema: { type: 'string', format: 'binary' } } },
    }),
    ApiAcceptedResponse({ type: JobView, description: 'It is being drawn, by this job.' }),
    ApiResponse({ status: 304, description: 'The caller has this picture already.' }),
    ApiProblems(
      'invalid-parameter',
      'unknown-column',
      'unknown-dataset',
      'dataset-not-loaded',
      'unsuitable-column',
      'job-failed',
      'too-many-pictures',
      'queue-closed',
    ),
  );

/** Plots by plain addresses, as pictures of a page have them. */
@ApiTags('plots')
@Controller('datasets/:name')
export class PicturesController {
  constructor(private readonly pictures: PicturesService) {}

  @Get('plot.png')
  @ApiPicture('A plot as PNG, by its address', 'image/png')
  png(
    @Param('name') name: string,
    @Query() query: RawQuery,
    @Headers() headers: PictureHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Answer {
    return this.answer({ result: 'plot.png', dataset: name, query }, headers, reply);
  }

  @Get('plot.svg')
  @ApiPicture('A plot as SVG, by its address', 'image/svg+xml')
  svg(
    @Param('name') name: string,
    @Query() query: RawQuery,
    @Headers() headers: PictureHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Answer {
    return this.answer({ result: 'plot.svg', dataset: name, query }, headers, reply);
  }

  private async answer(
    asked: { result: 'plot.png' | 'plot.svg'; dataset: string; query: RawQuery },
    headers: PictureHeaders,
    reply: FastifyReply,
  ): Answer {
    const known = headers['if-none-match'];
    const later = wantsItLater(headers.prefer);
    const picture = await this.pictures.draw({
      ...asked,
      later,
      // Who names an ETag asks whether it still holds: `fetch` adds `no-cache` by itself then.
      fresh: known === undefined && wantsFresh(headers['cache-control']),
      has: (etag) => matchesEtag(known, etag),
    });
    const { etag } = picture;
    // It may be stored, and is asked for again each time: the dataset may have changed.
    const kept = { etag, 'cache-control': 'no-cache' };
    switch (picture.state) {
      case 'same':
        reply.code(304).headers({ ...kept, 'dataset-version': picture.version });
        return undefined;
      case 'later': {
        const view = jobView(picture.job);
        const then = { location: view.links['self'], 'retry-after': SECONDS_UNTIL_THEN };
        const applied = later ? { 'preference-applied': 'respond-async' } : {};
        reply.code(202).headers({ ...then, ...applied, 'cache-control': 'no-store' });
        return view;
      }
      case 'drawn': {
        const body = await this.pictures.bytes(picture.stored);
        describeResult(reply, picture.stored);
        reply.headers(kept);
        return body;
      }
    }
  }
}
