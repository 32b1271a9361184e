import { Module } from '@nestjs/common';

import { AnalysesController } from './analyses.controller.js';
import { AnalysesModule } from './analyses.module.js';

@Module({ imports: [AnalysesModule], controllers: [AnalysesController] })
export class AnalysesApiModule {}
