import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { nearNames } from '../errors/near.js';
import { Problem } from '../errors/problem.js';
import { problems } from '../errors/problems.js';
import { ServiceDocument } from './service-document.js';
import { VERSION } from './version.js';

/** The service about itself. */
@ApiTags('service')
@Controller()
export class ServiceController {
  constructor(@Inject(ServiceDocument) private readonly document: ServiceDocument) {}

  @Get()
  @ApiOperation({ summary: 'Name, version and links' })
  root(): object {
    return {
      name: 'almanac',
      version: VERSION,
      links: {
        help: '/help',
        docs: '/docs',
        openapi: '/openapi.json',
        datasets: '/datasets',
        analyses: '/analyses',
        jobs: '/jobs',
        ready: '/health/ready',
      },
    };
  }

  @Get('help')
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiOperation({ summary: 'Every route with its method and one line, as text' })
  help(): string {
    return this.document.help;
  }

  @Get('problems')
  @ApiOperation({ summary: 'Every problem that an answer can name' })
  problems(): object {
    return { problems: Object.entries(problems).map(([code, entry]) => ({ code, ...entry })) };
  }

  @Get('problems/:code')
  @ApiOperation({ summary: 'What a problem means and what to do about it' })
  problem(@Param('code') code: string): object {
    const found = Object.entries(problems).find(([name]) => name === code);
    if (found !== undefined) return { code, ...found[1] };
    const near = nearNames(code, Object.keys(problems));
    throw new Problem('not-found', `there is no problem "${code}"`, { near });
  }
}
