import { Module } from '@nestjs/common';

import { JobsModule } from '../jobs/jobs.module.js';
import { CallbackSender } from './callback-sender.js';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveriesService } from './deliveries.service.js';
import { DeliveryStore } from './delivery-store.js';

/** The route of deliveries. */
@Module({
  imports: [JobsModule],
  controllers: [DeliveriesController],
  providers: [DeliveryStore, DeliveriesService],
})
export class CallbacksApiModule {}

/** What a worker does for callbacks. */
@Module({
  imports: [JobsModule],
  providers: [DeliveryStore, CallbackSender],
  exports: [CallbackSender],
})
export class CallbacksModule {}
