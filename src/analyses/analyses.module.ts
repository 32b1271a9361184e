import { Module } from '@nestjs/common';

import { AnalysisRegistry } from './registry.js';

/** What can be run. The routes over it are in `analyses-api.module.ts`. */
@Module({
  providers: [{ provide: AnalysisRegistry, useFactory: () => AnalysisRegistry.load() }],
  exports: [AnalysisRegistry],
})
export class AnalysesModule {}
