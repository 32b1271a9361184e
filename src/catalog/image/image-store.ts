import { Inject, Injectable } from '@nestjs/common';

import { CONFIGURATION } from '../../config/config.module.js';
import type { Configuration } from '../../config/configuration.js';
import { RedisConnections } from '../../redis/connections.js';
import { Keys } from '../../redis/keys.js';

/** Which job drew the image: one text in Redis for each dataset. The picture is the result of that job. */
@Injectable()
export class ImageStore {
  private readonly keys: Keys;

  constructor(
    private readonly redis: RedisConnections,
    @Inject(CONFIGURATION) configuration: Configuration,
  ) {
    this.keys = new Keys(configuration.keyPrefix);
  }

  async keep(dataset: string, job: string): Promise<void> {
    await this.redis.results.set(this.keys.image(dataset), job);
  }

  async find(dataset: string): Promise<string | null> {
    return this.redis.results.get(this.keys.image(dataset));
  }

  /** @returns false where there was none */
  async remove(dataset: string): Promise<boolean> {
    return (await this.redis.results.del(this.keys.image(dataset))) === 1;
  }
}
