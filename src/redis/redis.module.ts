import { Global, Inject, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';

import { CONFIGURATION } from '../config/config.module.js';
import type { Configuration } from '../config/configuration.js';
import { RedisConnections } from './connections.js';
import { OutageLog } from './outage-log.js';

const FIRST_CONNECT_MS = 2_000;

/** The connections of the process. They close last: after the hooks which still write. */
@Global()
@Module({
  providers: [
    {
      provide: RedisConnections,
      inject: [CONFIGURATION],
      useFactory: async (configuration: Configuration): Promise<RedisConnections> => {
        const connections = new RedisConnections(configuration, outageLog());
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

/** Outages go into the log; where that is a terminal, as a plain line for the person before it. */
function outageLog(): OutageLog {
  const logger = new Logger('Redis');
  const person = process.stdout.isTTY;
  const plain = (line: string): void => {
    process.stderr.write(`almanac: ${line}\n`);
  };
  return new OutageLog(
    person
      ? plain
      : (line) => {
          logger.warn(line);
        },
    person
      ? plain
      : (line) => {
          logger.log(line);
        },
  );
}
