import { Module } from '@nestjs/common';

import { AnalysesModule } from '../analyses/analyses.module.js';
import { JobsApiModule } from '../jobs/jobs-api.module.js';
import { PictureRequests } from './picture-request.js';
import { PicturesController } from './pictures.controller.js';
import { PicturesService } from './pictures.service.js';

/** Plots by their addresses. */
@Module({
  imports: [JobsApiModule, AnalysesModule],
  controllers: [PicturesController],
  providers: [PictureRequests, PicturesService],
})
export class PicturesApiModule {}
