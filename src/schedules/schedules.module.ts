import { Module } from '@nestjs/common';

import { AnalysesModule } from '../analyses/analyses.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { JobPlanner } from '../jobs/requests/job-planner.js';
import { OperationPlanner } from '../jobs/requests/operation-planner.js';
import { OperationsModule } from '../operations/operations.module.js';
import { ScheduleStore } from './schedule-store.js';
import { SchedulesController } from './schedules.controller.js';
import { SchedulesService } from './schedules.service.js';
import { Scheduler } from './scheduler.js';

const imports = [JobsModule, AnalysesModule, OperationsModule];
const shared = [ScheduleStore, JobPlanner, OperationPlanner];

/** The routes of schedules. */
@Module({ imports, controllers: [SchedulesController], providers: [...shared, SchedulesService] })
export class SchedulesApiModule {}

/** What a worker does for schedules. */
@Module({ imports, providers: [...shared, Scheduler], exports: [Scheduler] })
export class SchedulingModule {}
