import { Module } from '@nestjs/common';

import { QueueModule } from '../../jobs/queue/queue.module.js';
import { QueuesModule } from '../../queues/queues.module.js';
import { ArticlesController } from './articles.controller.js';
import { ArticlesService } from './articles.service.js';

/** What the API does with articles: it takes them in, and answers questions. */
@Module({
  imports: [QueueModule, QueuesModule],
  controllers: [ArticlesController],
  providers: [ArticlesService],
})
export default class ArticlesModule {}
