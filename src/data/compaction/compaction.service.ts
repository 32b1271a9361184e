import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';

import { redisFailure } from '../../errors/redis-failure.js';
import { Compactor } from './compactor.js';

const EVERY_MS = 5_000;

/** Compacts in the background of the API, one look after the other. */
@Injectable()
export class CompactionService implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('Compaction');
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();

  constructor(private readonly compactor: Compactor) {}

  onModuleInit(): void {
    this.timer = setTimeout(() => {
      this.looking = this.look().finally(() => {
        if (this.timer !== undefined) this.onModuleInit();
      });
    }, EVERY_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.looking;
  }

  private async look(): Promise<void> {
    try {
      for (const name of await this.compactor.run())
        this.logger.log(`edits of "${name}" folded in`);
    } catch (error) {
      if (redisFailure(error) === null) this.logger.error({ err: error }, 'compaction failed');
    }
  }
}
