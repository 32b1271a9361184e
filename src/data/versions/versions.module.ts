import { Module } from '@nestjs/common';

import { KeepingModule } from './keeping.module.js';
import { TrimmingService } from './trimming.service.js';
import { VersionsController } from './versions.controller.js';
import { VersionsService } from './versions.service.js';

/** Kept loads of datasets: which there are, reading their schemas, citing them, letting them go. */
@Module({
  imports: [KeepingModule],
  controllers: [VersionsController],
  providers: [VersionsService, TrimmingService],
})
export class VersionsModule {}
