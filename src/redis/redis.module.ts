import { Global, Inject, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';

import { CONFIGURATION } from '../config/config.module.js';
import type { Configuration } from '../config/configuration.js';
import { RedisConnections } from './connections.js';

const FIRST_CONNECT_MS = 2_000;

/** The connections of the process. They close last: after the hooks which still write. */
@Global()
@Module({
  providers: [
    {
      provide: RedisConnections,
      inject: [CONFIGURATION],
      useFactory: async (configuration: Configuration): Promise<RedisConnections> => {
        const logger = new Logger('Redis');
        const connections = new RedisConnections(configuration, (name, error) => {
          logger.warn(`${name}: ${error.message}`);
        });
        await connections.ready(FIRST_CONNECT_MS);
        return connections;
      },
    },
  ],
  exports: [RedisConnections],
})
export class RedisModule implements OnApplicationShutdown {
  constructor(@Inject(RedisConnections) private readonly connections: RedisConnections) {}

  onApplicationShutdown(): void {
    this.connections.close();
  }
}
