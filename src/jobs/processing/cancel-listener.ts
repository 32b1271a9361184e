import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';

import { CONFIGURATION } from '../../config/config.module.js';
import type { Configuration } from '../../config/configuration.js';
import { RedisConnections } from '../../redis/connections.js';
import { Keys } from '../../redis/keys.js';
import { RunningJobs } from './running-jobs.js';

/**
 * Stops a run at once when its cancelling is told on the channel. A message that is missed costs a second: the
 * heartbeat reads the wish from the record.
 */
@Injectable()
export class CancelListener implements OnModuleInit {
  constructor(
    private readonly redis: RedisConnections,
    private readonly running: RunningJobs,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  onModuleInit(): void {
    const channel = new Keys(this.configuration.keyPrefix).cancelChannel();
    this.redis.events.on('message', (from, id) => {
      if (from === channel) this.running.stop(id, 'cancelled');
    });
    // Waits for Redis where it is away at the start; the client subscribes again by itself after that.
    this.redis.events.subscribe(channel).catch(() => undefined);
  }
}
