import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { DatasetAccess } from '../../data/dataset-access.js';
import { limitSql } from '../../data/query/limit.js';
import type { RawQuery } from '../../data/query/parse-query.js';
import { answerRecord } from '../../data/records/record-answers.js';
import { RecordsService } from '../../data/records/records.service.js';
import { didYouMean, nearNames } from '../../errors/near.js';
import { Problem } from '../../errors/problem.js';
import { abortOnClose } from '../../http/abort-on-close.js';
import { ApiFieldsQuery } from '../../http/api-columns.js';
import { ApiProblems } from '../../http/api-problems.js';
import { validateQuery } from '../../parameters/validate.js';
import { GenesParameters } from './genes.parameters.js';

/** A number that may be that of an id; what is in a symbol, such as TP53, is not. */
const LIKE_AN_ID = /^(?:HGNC)?[^a-z\d]*(\d+)/i;

/** Ids of genes, and all that is known of one. */
@ApiTags('genes')
@Controller('genes')
export default class GenesController {
  constructor(
    private readonly datasets: DatasetAccess,
    private readonly records: RecordsService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The ids of all genes as a list, in the order of the file' })
  @ApiFieldsQuery(GenesParameters)
  @ApiProblems('unknown-dataset', 'invalid-parameter')
  async ids(
    @Query() query: RawQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string[]> {
    const { limit, offset } = validateQuery(GenesParameters, query);
    return this.datasets.read('genes', {}, abortOnClose(reply), async (reader) => {
      reply.header('dataset-version', reader.about.version);
      const rows = await reader.rows<{ hgnc_id: string }>(
        `SELECT hgnc_id FROM data ${limitSql(limit, offset)}`,
      );
      return rows.map(({ hgnc_id }) => hgnc_id);
    });
  }

  @Get(':hgnc_id')
  @ApiOperation({ summary: 'All that is known of one gene; what is not known is null' })
  @ApiProblems('unknown-dataset', 'unknown-record', 'invalid-parameter')
  async one(
    @Param('hgnc_id') id: string,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    try {
      return await answerRecord(this.records, 'genes', id, known, reply);
    } catch (error) {
      if (error instanceof Problem && error.code === 'unknown-record')
        throw await this.hint(id, error);
      throw error;
    }
  }

  /** Ids that look alike, and genes whose symbol was meant. */
  private async hint(id: string, { code, detail }: Problem): Promise<Problem> {
    const near = await this.datasets.read(
      'genes',
      {},
      AbortSignal.timeout(5000),
      async (reader) => {
        const number = LIKE_AN_ID.exec(id)?.[1] ?? '';
        const rows = await reader.rows<{ hgnc_id: string; symbol: string }>(
          `SELECT hgnc_id, symbol FROM data WHERE upper(symbol) = upper($1) OR hgnc_id = 'HGNC:' || $2
           OR $2 <> '' AND starts_with(hgnc_id, 'HGNC:' || left($2, greatest(length($2) - 1, 1))) LIMIT 500`,
          [id, number],
        );
        const meant = rows.filter(
          ({ hgnc_id, symbol }) =>
            symbol.toUpperCase() === id.toUpperCase() || hgnc_id === `HGNC:${number}`,
        );
        if (meant.length > 0) return meant.map(({ hgnc_id }) => hgnc_id).slice(0, 5);
        return nearNames(
          id,
          rows.map(({ hgnc_id }) => hgnc_id),
        );
      },
    );
    if (/^HGNC:\d+$/.test(id)) return new Problem(code, `${detail}${didYouMean(near)}`, { near });
    const message = `must be HGNC: and a number, such as HGNC:5${didYouMean(near)}`;
    return Problem.field('invalid-parameter', 'hgnc_id', message, { near });
  }
}
