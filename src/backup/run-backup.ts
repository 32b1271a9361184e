import { Redis } from 'ioredis';

import type { Configuration } from '../config/configuration.js';
import { storeUrl } from '../redis/connections.js';
import { Keys } from '../redis/keys.js';
import { takeBackup } from './backup.js';
import type { Backups } from './backups.js';
import { join } from 'node:path';
import { noteBackup } from './last-backup.js';
import type { Manifest } from './manifest.js';
import { verifyBackup } from './verify.js';

export interface BackupOptions {
  /** Backups that stay, the new one included. */
  readonly keep: number;
  /** Whether the new one is restored into a Redis of its own before it counts. */
  readonly verify: boolean;
}

/**
 * One backup as it is taken at intervals: taken, proved, noted in Redis, and only then the oldest go.
 * @throws BackupFault
 */
export async function runBackup(
  configuration: Configuration,
  backups: Backups,
  { keep, verify }: BackupOptions,
): Promise<{ manifest: Manifest; pruned: string[] }> {
  const manifest = await takeBackup(configuration, backups);
  if (verify) {
    await verifyBackup(backups.path(manifest.name), join(configuration.dataDir, 'scratch'));
  }
  const data = new Redis(storeUrl(configuration, 'data'), { commandTimeout: 10_000 });
  data.on('error', () => undefined);
  try {
    await noteBackup(data, new Keys(configuration.keyPrefix), manifest, verify);
  } finally {
    data.disconnect();
  }
  return { manifest, pruned: await backups.prune(keep) };
}
