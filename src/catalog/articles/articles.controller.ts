import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { RawQuery } from '../../data/query/parse-query.js';
import { PageParameters } from '../../data/query/query-parameters.js';
import { answerPage, answerRecord } from '../../data/records/record-answers.js';
import { RecordsService } from '../../data/records/records.service.js';
import { abortOnClose } from '../../http/abort-on-close.js';
import { ApiFieldsQuery, ApiFilteredQuery } from '../../http/api-columns.js';
import { ApiProblems } from '../../http/api-problems.js';
import { validateQuery } from '../../parameters/validate.js';
import { ArticleRequest, articlesOf, EntitiesParameters, MAX_ARTICLES } from './article.request.js';
import { ArticlesService } from './articles.service.js';
import { WaitingArticles } from './waiting-articles.js';

const ACCEPTED = {
  example: { articles: [{ id: 'moon-landing', link: '/articles/moon-landing' }] },
};

/** Texts are taken at once; workers find the people, places, organisations, dates and amounts in them. */
@ApiTags('articles')
@Controller('articles')
export class ArticlesController {
  constructor(
    private readonly articles: ArticlesService,
    private readonly records: RecordsService,
    private readonly waiting: WaitingArticles,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    summary: 'Send one article or a list of them',
    description: `Answered as soon as they are in the queue, ${String(MAX_ARTICLES)} at most. One with a known id takes the place of the other.`,
  })
  @ApiBody({ type: ArticleRequest })
  @ApiAcceptedResponse({ description: 'Their ids', schema: ACCEPTED })
  @ApiProblems('invalid-parameter', 'invalid-body', 'queue-closed')
  async send(@Body() body: unknown): Promise<object> {
    const articles = articlesOf(body, new Date());
    await this.articles.accept(articles);
    return { articles: articles.map(({ id }) => ({ id, link: `/articles/${id}` })) };
  }

  @Get()
  @ApiOperation({ summary: 'Articles: a page of records, filtered, searched, sorted' })
  @ApiFilteredQuery(PageParameters)
  @ApiProblems('unknown-dataset', 'unknown-column', 'invalid-parameter')
  page(
    @Query() query: RawQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.waiting.explain(answerPage(this.records, 'articles', query, request, reply));
  }

  @Get('entities')
  @ApiOperation({ summary: 'The most frequent entities of all articles' })
  @ApiFieldsQuery(EntitiesParameters)
  @ApiResponse({ status: 200, description: '{entities: [{type, text, count, articles}], version}' })
  @ApiProblems('unknown-dataset', 'invalid-parameter')
  async overall(
    @Query() query: RawQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const parameters = validateQuery(EntitiesParameters, query);
    const { value, version } = await this.waiting.explain(
      this.articles.overall(parameters, abortOnClose(reply)),
    );
    reply.header('dataset-version', version);
    return { entities: value, version };
  }

  @Get(':id/entities')
  @ApiOperation({ summary: 'The entities of one article, with how often each occurs' })
  @ApiResponse({ status: 200, description: '{id, entities: {people: [{text, count}], …}}' })
  @ApiProblems('unknown-dataset', 'unknown-record')
  async entities(
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const { value, version } = await this.waiting.explain(
      this.articles.entities(id, abortOnClose(reply)),
    );
    reply.header('dataset-version', version);
    return { id, entities: value };
  }

  @Get(':id')
  @ApiOperation({ summary: 'Articles: one record' })
  @ApiProblems('unknown-dataset', 'unknown-record')
  one(
    @Param('id') id: string,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    return this.waiting.explain(answerRecord(this.records, 'articles', id, known, reply));
  }
}
