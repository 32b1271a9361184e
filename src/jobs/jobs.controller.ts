import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { abortOnClose } from '../http/abort-on-close.js';
import { ApiProblems } from '../http/api-problems.js';
import { etagOfJson, IF_NONE_MATCH, matchesEtag } from '../http/etag.js';
import { CheckedPipe } from '../parameters/checked.pipe.js';
import { JobListService } from './job-list.service.js';
import { JobsService } from './jobs.service.js';
import { requestExamples } from './requests/examples.js';
import {
  CACHE_CONTROL,
  checkIdempotencyKey,
  IDEMPOTENCY_KEY,
  wantsFresh,
} from './requests/submit-headers.js';
import { ApiJobId } from './requests/job-id.js';
import { ListJobs } from './requests/list-jobs.js';
import { LogFormat } from './requests/log-format.js';
import { SubmitJob } from './requests/submit-job.js';
import { WaitFor } from './requests/wait-for.js';
import { JobsView, JobView, jobView } from './views/job.view.js';
import { logText, LogView, logView } from './views/log.view.js';

@ApiTags('jobs')
@Controller()
export class JobsController {
  constructor(
    private readonly jobs: JobsService,
    private readonly list: JobListService,
  ) {}

  @Post(['jobs', 'submit'])
  @HttpCode(202)
  @ApiOperation({
    summary: 'Submit a job',
    description:
      'The request is checked at once, columns included; a worker then runs the job. `Location` is the address of its state. A body with just `start` and `end` draws the default plot of the default dataset over that range.',
  })
  @ApiBody({ type: SubmitJob, examples: requestExamples })
  @ApiAcceptedResponse({ type: JobView, description: 'The job, accepted.' })
  @ApiProblems(
    'invalid-parameter',
    'unknown-column',
    'unknown-dataset',
    'unknown-analysis',
    'unsuitable-column',
    'idempotency-mismatch',
  )
  @ApiHeader(IDEMPOTENCY_KEY)
  @ApiHeader(CACHE_CONTROL)
  async submit(
    @Body(CheckedPipe) body: SubmitJob,
    @Headers('idempotency-key') key: string | undefined,
    @Headers('cache-control') cache: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JobView> {
    const idempotencyKey = checkIdempotencyKey(key);
    const fresh = wantsFresh(cache);
    const view = jobView(await this.jobs.submit(body, { fresh, idempotencyKey }));
    reply.header('location', `/jobs/${view.id}`);
    return view;
  }

  @Get('jobs')
  @ApiOperation({
    summary: 'List jobs, newest first',
    description:
      '`next` is the address of the next page, or null at the end. Where few of many jobs match, a page can be short, or empty, although one follows.',
  })
  @ApiOkResponse({ type: JobsView })
  @ApiProblems('invalid-parameter', 'unknown-parameter')
  async page(@Query(CheckedPipe) query: ListJobs): Promise<JobsView> {
    return this.list.page(query);
  }

  @Get('jobs/:id')
  @ApiOperation({
    summary: 'One job: its state and progress',
    description:
      'With `wait` the answer comes when the state has changed, or when that time is over. While the job waits or runs, `position` and `estimate` say what is ahead.',
  })
  @ApiJobId('invalid-parameter')
  @ApiHeader(IF_NONE_MATCH)
  @ApiOkResponse({ type: JobView })
  async show(
    @Param('id') id: string,
    @Query(CheckedPipe) { wait }: WaitFor,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JobView | undefined> {
    const { job, outlook, log } = await this.jobs.look(id, wait * 1000, abortOnClose(reply));
    const view = jobView(job, outlook, log);
    const etag = etagOfJson(view);
    reply.headers({ etag, 'cache-control': 'no-cache' });
    if (!matchesEtag(known, etag)) return view;
    reply.code(304);
    return undefined;
  }

  @Get('jobs/:id/log')
  @ApiOperation({ summary: 'The log lines of a job', description: 'As JSON, or as plain text.' })
  @ApiJobId()
  @ApiOkResponse({ type: LogView })
  async log(
    @Param('id') id: string,
    @Query(CheckedPipe) { format }: LogFormat,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LogView | string> {
    const lines = await this.jobs.log(id);
    if ((format ?? (accept?.startsWith('text/plain') ? 'text' : 'json')) === 'json') {
      return logView(lines);
    }
    reply.type('text/plain; charset=utf-8');
    return logText(lines);
  }
}
