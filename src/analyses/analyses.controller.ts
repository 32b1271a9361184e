import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';

import { analysisView, AnalysesView, AnalysisView } from './analysis.view.js';
import { AnalysisRegistry } from './registry.js';

@ApiTags('analyses')
@Controller('analyses')
export class AnalysesController {
  constructor(private readonly registry: AnalysisRegistry) {}

  @Get()
  @ApiOperation({
    summary: 'What can be run',
    description: 'Every analysis with the JSON schema of its parameters and an example.',
  })
  @ApiOkResponse({ type: AnalysesView })
  list(): AnalysesView {
    return { analyses: this.registry.all().map(({ analysis }) => analysisView(analysis)) };
  }

  @Get(':name')
  @ApiOperation({
    summary: 'One analysis: parameters and an example',
    description: 'The JSON schema says which parameters it takes, with defaults and limits.',
  })
  @ApiParam({ name: 'name', description: 'Name of the analysis.', example: 'value-counts' })
  @ApiOkResponse({ type: AnalysisView })
  show(@Param('name') name: string): AnalysisView {
    return analysisView(this.registry.get(name).analysis);
  }
}
