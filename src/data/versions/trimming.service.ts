import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';

import { redisFailure } from '../../errors/redis-failure.js';
import { LoadKeeping } from './load-keeping.js';

const EVERY_MS = 60_000;

/** Lets loads go in the background which were only kept for jobs. */
@Injectable()
export class TrimmingService implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('Versions');
  private timer: NodeJS.Timeout | undefined;
  private trimming: Promise<void> = Promise.resolve();

  constructor(private readonly keeping: LoadKeeping) {}

  onModuleInit(): void {
    this.timer = setInterval(() => {
      this.trimming = this.trimming.then(() => this.trim());
    }, EVERY_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.trimming;
  }

  private async trim(): Promise<void> {
    try {
      await this.keeping.trimAll();
    } catch (error) {
      if (redisFailure(error) === null) this.logger.error({ err: error }, 'trimming failed');
    }
  }
}
