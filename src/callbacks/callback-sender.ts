import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';

import { CONFIGURATION } from '../config/config.module.js';
import type { Configuration } from '../config/configuration.js';
import { JobStore } from '../jobs/store/job-store.js';
import { DeliveryStore, type Delivery } from './delivery-store.js';
import { report } from './report.js';
import { deliveryId } from './signature.js';

const LOOK_EVERY_MS = 500;
const AT_ONCE = 10;
/** Longer than an attempt takes: then its worker is gone, and another reports. */
const LEASE_MS = 30_000;

/**
 * Reports the ends of jobs. The script that ends a job notes in the same step that this is to be reported, so no
 * report is lost; it is taken off the list only after an answer, so it may be made twice.
 */
@Injectable()
export class CallbackSender implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(CallbackSender.name);
  private readonly stop = new AbortController();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly deliveries: DeliveryStore,
    private readonly jobs: JobStore,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  onApplicationBootstrap(): void {
    this.plan();
  }

  beforeApplicationShutdown(): void {
    clearTimeout(this.timer);
    this.stop.abort();
  }

  /** Reports what is due; how many there were. */
  async sendDue(): Promise<number> {
    const ids = await this.deliveries.claim(AT_ONCE, LEASE_MS);
    await Promise.all(
      ids.map(async (id) => {
        await this.send(id).catch((error: unknown) => {
          this.logger.warn(`the end of job ${id} is reported later: ${String(error)}`);
        });
      }),
    );
    return ids.length;
  }

  private plan(delay = LOOK_EVERY_MS): void {
    if (this.stop.signal.aborted) return;
    this.timer = setTimeout(() => {
      // While Redis is away nothing is due; the connection says so in the log.
      void this.sendDue()
        .catch(() => 0)
        .then((sent) => {
          this.plan(sent === AT_ONCE ? 0 : LOOK_EVERY_MS);
        });
    }, delay);
  }

  private async send(id: string): Promise<void> {
    const record = await this.jobs.findOrNull(id);
    const callback = record?.callback;
    // Removed meanwhile, or tried again: then its next end is reported.
    if (record == null || callback == null || record.finished === null) {
      await this.deliveries.drop(id);
      return;
    }
    const before = await this.deliveries.attempts(id);
    const { callbackSecret, allowPrivateSources } = this.configuration;
    const delivery = await report(record, attemptAfter(before, record.finished, id), {
      callback,
      secret: callback.secret ?? callbackSecret,
      allowPrivate: allowPrivateSources,
      signal: this.stop.signal,
    });
    // A worker that stops leaves the report to the others, with no attempt lost.
    if (this.stop.signal.aborted && delivery.error !== null) return;
    await this.deliveries.settle(id, delivery);
    this.logger.log(`job ${id}: reported (${delivery.error ?? String(delivery.status)})`);
  }
}

/** Number of the next attempt to make this report: a job that was tried again has another. */
function attemptAfter(before: readonly Delivery[], finished: number, id: string): number {
  const delivery = deliveryId(id, finished);
  return Math.max(0, ...before.map((one) => (one.delivery === delivery ? one.attempt : 0))) + 1;
}
