import { BullModule } from '@nestjs/bull';
import { Module } from '@nestjs/common';
import type { QueueOptions } from 'bull';

import { CONFIGURATION } from '../../config/config.module.js';
import type { Configuration } from '../../config/configuration.js';
import { Keys } from '../../redis/keys.js';
import { storeUrl } from '../../redis/connections.js';
import { backoff, BACKOFF } from './backoff.js';
import { QUEUES } from './queue-name.js';

const RECONNECT_MAX_MS = 1_000;

export function queueOptions(configuration: Configuration): QueueOptions {
  const url = new URL(storeUrl(configuration, 'queue'));
  return {
    prefix: new Keys(configuration.keyPrefix).bull(),
    redis: {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port || 6379),
      db: Number(url.pathname.slice(1) || 0),
      username: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      ...(url.protocol === 'rediss:' ? { tls: {} } : {}),
      retryStrategy: (times) => Math.min(50 * times, RECONNECT_MAX_MS),
      // Bull's own commands wait for Redis to come back; requests have a deadline in JobQueue.
      maxRetriesPerRequest: null,
      // The end of a job and the request for the next message go out in one write.
      enableAutoPipelining: true,
      // All answers of one write come together, so what waits for a message must stand alone.
      autoPipeliningIgnoredCommands: ['brpoplpush'],
    },
    settings: {
      // Bull gives up a job after one and a half times the silence of a crash (lockDuration less lockRenewTime), so
      // a run whose job it hands out again is always judged as crashed.
      lockDuration: 2 * configuration.crashAfter,
      lockRenewTime: configuration.crashAfter / 2,
      stalledInterval: 0.6 * configuration.crashAfter,
      // The record counts crashes; Bull, which counts hand-backs and outages too, must not end a job.
      maxStalledCount: 1_000_000,
      retryProcessDelay: 500,
      drainDelay: 5,
      backoffStrategies: { [BACKOFF]: backoff },
    },
    defaultJobOptions: {
      removeOnComplete: true,
      removeOnFail: true,
      attempts: 1_000_000,
      backoff: { type: BACKOFF },
      stackTraceLimit: 1,
    },
  };
}

@Module({
  imports: [
    BullModule.registerQueueAsync(
      ...QUEUES.map((name) => ({ name, inject: [CONFIGURATION], useFactory: queueOptions })),
    ),
  ],
  exports: [BullModule],
})
export class QueueModule {}
