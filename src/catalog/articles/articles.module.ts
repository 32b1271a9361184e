import { Module } from '@nestjs/common';

import { DataHttpModule } from '../../data/data-http.module.js';
import { QueueModule } from '../../jobs/queue/queue.module.js';
import { QueuesModule } from '../../queues/queues.module.js';
import { ArticlesController } from './articles.controller.js';
import { ArticlesService } from './articles.service.js';
import { WaitingArticles } from './waiting-articles.js';

/** What the API does with articles: it takes them in, and answers questions. */
@Module({
  imports: [DataHttpModule, QueueModule, QueuesModule],
  controllers: [ArticlesController],
  providers: [ArticlesService, WaitingArticles],
})
export default class ArticlesModule {}
