import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { DatasetAccess } from '../../data/dataset-access.js';
import type { RawQuery } from '../../data/query/parse-query.js';
import { Problem } from '../../errors/problem.js';
import { abortOnClose } from '../../http/abort-on-close.js';
import { ApiProblems } from '../../http/api-problems.js';
import { ApiFieldsQuery } from '../../http/api-columns.js';
import { wantsText } from '../../http/plain-text.js';
import { validateQuery } from '../../parameters/validate.js';
import { waterState, waterText, type Measurement, type WaterState } from './turbidity.js';
import { WaterParameters } from './water.parameters.js';

/** Whether the water can be used now, and otherwise when. */
@ApiTags('water')
@Controller('water')
export default class WaterController {
  constructor(private readonly datasets: DatasetAccess) {}

  @Get()
  @ApiOperation({ summary: 'Turbidity now, whether it is safe, and the hours until it is' })
  @ApiFieldsQuery(WaterParameters)
  @ApiProduces('application/json', 'text/plain')
  @ApiResponse({ status: 200, description: 'As text/plain: three lines for people' })
  @ApiProblems('unknown-dataset', 'invalid-parameter', 'empty-dataset')
  async state(
    @Query() query: RawQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WaterState | string> {
    const { points, ...options } = validateQuery(WaterParameters, query);
    const { latest, version } = await this.latest(points, abortOnClose(reply));
    reply.header('dataset-version', version);
    const state = waterState(latest, options);
    if (!wantsText(accept)) return state;
    void reply.type('text/plain; charset=utf-8');
    return waterText(state);
  }

  private latest(points: number, signal: AbortSignal) {
    return this.datasets.read('water', {}, signal, async (reader) => {
      const latest = await reader.rows<Measurement>(
        `SELECT calibration_constant, detector_current FROM data
         WHERE calibration_constant IS NOT NULL AND detector_current IS NOT NULL
         ORDER BY datetime DESC LIMIT $1`,
        [points],
      );
      if (latest.length > 0) return { latest, version: reader.about.version };
      throw new Problem(
        'empty-dataset',
        'the dataset "water" holds no measurement: PUT /datasets/water loads a file of them',
      );
    });
  }
}
