import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';

import { AnalysesModule } from '../analyses/analyses.module.js';
import { OperationRegistry } from './operation-registry.js';

/** The operations of this process. The routes over them are in `operations-api.module.ts`. */
@Module({
  imports: [DiscoveryModule, AnalysesModule],
  providers: [OperationRegistry],
  exports: [OperationRegistry],
})
export class OperationsModule {}
