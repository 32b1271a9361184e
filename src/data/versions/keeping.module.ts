import { Module } from '@nestjs/common';

import { CONFIGURATION } from '../../config/config.module.js';
import type { Configuration } from '../../config/configuration.js';
import { RedisConnections } from '../../redis/connections.js';
import { Keys } from '../../redis/keys.js';
import { KeptLoads } from '../store/kept-loads.js';
import { LoadKeeping } from './load-keeping.js';
import { LoadsInUse } from './loads-in-use.js';

/** How long loads are kept; whatever loads datasets needs it, in the API and in the workers. */
@Module({
  providers: [
    {
      provide: LoadKeeping,
      inject: [CONFIGURATION, KeptLoads, RedisConnections, Keys],
      useFactory: (
        { keptLoads }: Configuration,
        kept: KeptLoads,
        { queue }: RedisConnections,
        keys: Keys,
      ) => new LoadKeeping(kept, new LoadsInUse(queue, keys), keptLoads),
    },
  ],
  exports: [LoadKeeping],
})
export class KeepingModule {}
