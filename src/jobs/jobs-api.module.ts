import { Module } from '@nestjs/common';

import { AnalysesModule } from '../analyses/analyses.module.js';
import { OperationsModule } from '../operations/operations.module.js';
import { EventsController } from './follow/events.controller.js';
import { EventsService } from './follow/events.service.js';
import { JobFollower } from './follow/job-follower.js';
import { JobWatch } from './follow/job-watch.js';
import { OutlookService } from './follow/outlook.service.js';
import { JobControlController } from './job-control.controller.js';
import { JobControlService } from './job-control.service.js';
import { JobListService } from './job-list.service.js';
import { JobsController } from './jobs.controller.js';
import { JobsModule } from './jobs.module.js';
import { JobsService } from './jobs.service.js';
import { JobPlanner } from './requests/job-planner.js';
import { OperationPlanner } from './requests/operation-planner.js';
import { ResultsController } from './results/results.controller.js';
import { ResultsService } from './results/results.service.js';

/** The routes of jobs. Needs a DatasetAccess that is provided globally. */
@Module({
  imports: [JobsModule, AnalysesModule, OperationsModule],
  controllers: [JobsController, JobControlController, EventsController, ResultsController],
  providers: [
    ...[JobPlanner, OperationPlanner, JobsService, JobListService, JobControlService],
    ...[ResultsService, JobWatch, JobFollower, OutlookService, EventsService],
  ],
  exports: [JobsService, ResultsService],
})
export class JobsApiModule {}
