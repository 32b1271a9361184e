import { Module } from '@nestjs/common';

import { CONFIGURATION } from '../../config/config.module.js';
import type { Configuration } from '../../config/configuration.js';
import { GenerationCache } from '../replica/generation-cache.js';
import { Replicas } from '../replica/replicas.js';
import { ExportController } from './export.controller.js';
import { ExportsService } from './exports.service.js';

/** An export that finds no free connection for this long is told to come again. */
const WAIT_MS = 10_000;

/** Whole tables as files over HTTP. */
@Module({
  controllers: [ExportController],
  exports: [ExportsService],
  providers: [
    {
      provide: ExportsService,
      inject: [CONFIGURATION, Replicas, GenerationCache],
      useFactory: (
        { exportTimeout, exportStall }: Configuration,
        replicas: Replicas,
        { folder }: GenerationCache,
      ) =>
        new ExportsService(replicas, {
          waitMs: WAIT_MS,
          startMs: exportTimeout,
          stallMs: exportStall,
          folder,
        }),
    },
  ],
})
export class ExportModule {}
