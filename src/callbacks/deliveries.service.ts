import { Injectable } from '@nestjs/common';

import { JobStore } from '../jobs/store/job-store.js';
import { DeliveryStore, type Delivery } from './delivery-store.js';

/** Looking at the reports of a job. */
@Injectable()
export class DeliveriesService {
  constructor(
    private readonly jobs: JobStore,
    private readonly deliveries: DeliveryStore,
  ) {}

  /** @throws Problem `unknown-job` */
  async of(job: string): Promise<Delivery[]> {
    await this.jobs.find(job);
    return this.deliveries.attempts(job);
  }
}
