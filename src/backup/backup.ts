import { join } from 'node:path';

import { Redis } from 'ioredis';

import type { Configuration } from '../config/configuration.js';
import { BackupFault } from './backup-fault.js';
import type { Backups } from './backups.js';
import { dump } from './dump.js';
import { takeInventory } from './inventory.js';
import { writeManifest, type Manifest } from './manifest.js';
import { withBackup } from './open-backup.js';
import { serversOf } from './servers.js';

/**
 * Takes one backup: a dump of each server, then, from the dump itself and not from the server that goes on, an
 * inventory of what is in it. A dump that cannot be read, or whose parts do not fit together, is no backup.
 * @throws BackupFault
 */
export async function takeBackup(
  configuration: Configuration,
  backups: Backups,
): Promise<Manifest> {
  return backups.create(async (folder, name) => {
    const created = new Date().toISOString();
    const servers = serversOf(configuration);
    const dumps = [];
    for (const [index, server] of servers.entries()) {
      dumps.push(await dump(server, folder, `dump-${String(index)}.rdb`));
    }
    const scratch = join(configuration.dataDir, 'scratch');
    const { inventory, faults } = await withBackup(folder, dumps, scratch, (stores) =>
      takeInventory(stores, configuration.keyPrefix),
    );
    if (faults.length > 0) throw new BackupFault(`the dump is not whole: ${faults.join('; ')}`);
    const redis = await versionOf(servers[0]?.url.href ?? '');
    const manifest: Manifest = {
      ...{ format: 1, name, created, redis, keyPrefix: configuration.keyPrefix },
      dumps,
      inventory,
    };
    await writeManifest(folder, manifest);
    return manifest;
  });
}

async function versionOf(url: string): Promise<string> {
  const redis = new Redis(url, { maxRetriesPerRequest: 0, commandTimeout: 10_000 });
  redis.on('error', () => undefined);
  try {
    return /^redis_version:(\S+)/m.exec(await redis.info('server'))?.[1] ?? '';
  } finally {
    redis.disconnect();
  }
}
