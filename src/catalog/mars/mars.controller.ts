import { Body, Controller, Get, Headers, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import type { RawQuery } from '../../data/query/parse-query.js';
import { Problem } from '../../errors/problem.js';
import { ApiFieldsQuery } from '../../http/api-columns.js';
import { ApiProblems } from '../../http/api-problems.js';
import { wantsText } from '../../http/plain-text.js';
import { validateJson, validateQuery } from '../../parameters/validate.js';
import {
  PlaceRequest,
  SamplingRequest,
  SiteRequest,
  SitesParameters,
  TripRequest,
} from './mars.requests.js';
import { generateSites } from './sites.js';
import { planTrip, tripText, type Trip } from './trip.js';

/** Sites of meteorites on Mars, and tours of a rover to them. It keeps nothing. */
@ApiTags('mars')
@Controller('mars')
export default class MarsController {
  @Get('sites')
  @ApiOperation({ summary: 'Random sites within bounds; the same seed gives the same sites' })
  @ApiFieldsQuery(SitesParameters)
  @ApiProblems('invalid-parameter')
  sites(@Query() query: RawQuery): object {
    const { count, seed, ...bounds } = validateQuery(SitesParameters, query);
    for (const axis of ['Latitude', 'Longitude'] as const) {
      if (bounds[`min${axis}`] <= bounds[`max${axis}`]) continue;
      const limit = `must not be above max${axis} (${String(bounds[`max${axis}`])})`;
      throw Problem.field('invalid-parameter', `min${axis}`, limit);
    }
    return { sites: generateSites(count, seed, bounds) };
  }

  @Post('trip')
  @HttpCode(200)
  @ApiOperation({
    summary: 'A tour to the sites: distance, travel and sampling time of each leg, and totals',
  })
  @ApiBody({ type: TripRequest })
  @ApiProduces('application/json', 'text/plain')
  @ApiProblems('invalid-parameter', 'invalid-body', 'malformed-json')
  trip(
    @Body() body: unknown,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Trip | string {
    const request = validateJson(TripRequest, body);
    const sites = request.sites.map((site, index) =>
      validateJson(SiteRequest, site, `sites[${String(index)}].`),
    );
    const trip = planTrip(sites, {
      start: validateJson(PlaceRequest, request.start, 'start.'),
      speed: request.speed_km_h,
      radius: request.radius_km,
      sampling: validateJson(SamplingRequest, request.sampling_hr, 'sampling_hr.'),
      order: request.order,
    });
    if (!wantsText(accept)) return trip;
    void reply.type('text/plain; charset=utf-8');
    return tripText(trip);
  }
}
