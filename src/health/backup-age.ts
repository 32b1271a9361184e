import { Inject, Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { Gauge } from 'prom-client';

import { lastBackup, type LastBackup } from '../backup/last-backup.js';
import { CONFIGURATION } from '../config/config.module.js';
import type { Configuration } from '../config/configuration.js';
import { RedisConnections } from '../redis/connections.js';
import { Keys } from '../redis/keys.js';
import { HttpMetrics } from './http-metrics.js';

/** The last backup, as a metric and as a detail of readiness. Without one nothing is down: it is only said. */
@Injectable()
export class BackupAge {
  private readonly keys: Keys;

  constructor(
    private readonly redis: RedisConnections,
    private readonly indicators: HealthIndicatorService,
    @Inject(CONFIGURATION) { keyPrefix }: Configuration,
    metrics: HttpMetrics,
  ) {
    this.keys = new Keys(keyPrefix);
    const last = (): Promise<LastBackup | null> => this.last();
    new Gauge({
      name: 'almanac_backup_verified_age_seconds',
      help: 'Time since the last backup that was proved to be restorable; missing where there is none',
      registers: [metrics.registry],
      async collect() {
        const { verified = null } = (await last().catch(() => null)) ?? {};
        this.reset();
        if (verified === null) this.remove();
        else this.set((Date.now() - Date.parse(verified)) / 1000);
      },
    });
  }

  async said(): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check('backup');
    const last = await this.last().catch(() => null);
    return last === null ? indicator.up({ name: null }) : indicator.up({ ...last });
  }

  private last(): Promise<LastBackup | null> {
    return lastBackup(this.redis.data, this.keys);
  }
}
