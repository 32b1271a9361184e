import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import type { DatasetReader } from '../../analyses/analysis.js';
import { DatasetAccess } from '../../data/dataset-access.js';
import { quoteIdentifier } from '../../data/identifier.js';
import { parseQuery, type RawQuery } from '../../data/query/parse-query.js';
import { FilterParameters } from '../../data/query/query-parameters.js';
import { Problem } from '../../errors/problem.js';
import { abortOnClose } from '../../http/abort-on-close.js';
import { ApiFilteredQuery } from '../../http/api-columns.js';
import { ApiProblems } from '../../http/api-problems.js';
import { hemisphereSql } from './hemisphere.js';

interface Counted {
  readonly value: string;
  readonly count: number;
}

interface MeteoriteSummary {
  /** Grams, of those whose mass is known. */
  readonly mean_mass: number;
  readonly classes: Readonly<Record<string, number>>;
  readonly hemispheres: Readonly<Record<string, number>>;
}

/** What the scripts of the course print of a list of landings. */
@ApiTags('meteorites')
@Controller('meteorites')
export default class MeteoritesController {
  constructor(private readonly datasets: DatasetAccess) {}

  @Get('summary')
  @ApiOperation({ summary: 'Mean mass, landings by class and by hemisphere' })
  @ApiFilteredQuery(FilterParameters)
  @ApiResponse({ status: 200, description: '{mean_mass, classes, hemispheres}' })
  @ApiProblems('unknown-dataset', 'unknown-column', 'invalid-parameter', 'empty-dataset')
  summary(
    @Query() query: RawQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MeteoriteSummary> {
    const { filter } = parseQuery(FilterParameters, query);
    return this.datasets.read('meteorites', filter, abortOnClose(reply), async (reader) => {
      reply.header('dataset-version', reader.about.version);
      // NASA's XML writes mass_g, where a tag cannot hold brackets.
      const mass = ['mass (g)', 'mass_g'].find((name) => hasColumn(reader, name)) ?? 'mass (g)';
      for (const name of [mass, 'recclass', 'reclat', 'reclong']) {
        if (!hasColumn(reader, name)) throw incomplete(name);
      }
      const [{ mean } = { mean: null }] = await reader.rows<{ mean: number | null }>(
        `SELECT avg(${quoteIdentifier(reader.column(mass).name)}) AS mean FROM data`,
      );
      if (mean === null) {
        throw new Problem(
          'empty-dataset',
          Object.keys(filter).length > 0
            ? 'no landing with a mass matches the filter'
            : 'no landing with a mass is there: PUT /datasets/meteorites loads a file of them',
        );
      }
      return {
        mean_mass: mean,
        classes: await counts(reader, 'recclass', 'recclass IS NOT NULL'),
        hemispheres: await counts(
          reader,
          hemisphereSql('reclat', 'reclong'),
          'reclat IS NOT NULL AND reclong IS NOT NULL',
        ),
      };
    });
  }
}

const incomplete = (name: string): Problem =>
  new Problem(
    'unknown-column',
    `"meteorites" has no column "${name}", which the summary needs: PUT /datasets/meteorites loads a complete file`,
  );

const hasColumn = ({ about }: DatasetReader, name: string): boolean =>
  about.schema.columns.some((column) => column.name === name);

/** Most frequent first. */
async function counts(
  reader: DatasetReader,
  value: string,
  where: string,
): Promise<Record<string, number>> {
  const rows = await reader.rows<Counted>(
    `SELECT ${value} AS value, count(*) AS count FROM data WHERE ${where} GROUP BY 1 ORDER BY count DESC, value`,
  );
  return Object.fromEntries(rows.map(({ value: name, count }) => [name, count]));
}
