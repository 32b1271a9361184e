import { join } from 'node:path';

import type { Store } from '../redis/connections.js';
import { BackupFault } from './backup-fault.js';
import { sha256Of } from './dump.js';
import type { Dump } from './manifest.js';
import { ScratchRedis } from './scratch-redis.js';
import { Stores } from './stores.js';

/** Checks the files of a backup against the hashes that were noted. */
export async function checkFiles(folder: string, dumps: readonly Dump[]): Promise<void> {
  for (const { file, sha256 } of dumps) {
    const found = await sha256Of(join(folder, file)).catch(() => null);
    if (found === null) throw new BackupFault(`${file} of the backup is not there`);
    if (found !== sha256) {
      throw new BackupFault(
        `${file} of the backup is damaged: its SHA-256 is not the one that was noted`,
      );
    }
  }
}

/** Reads the dumps of a backup into Redis servers of their own, and ends those after `use`. */
export async function withBackup<T>(
  folder: string,
  dumps: readonly Dump[],
  near: string,
  use: (stores: Stores) => Promise<T>,
): Promise<T> {
  const servers = new Map<Dump, ScratchRedis>();
  try {
    for (const dump of dumps)
      servers.set(dump, await ScratchRedis.of(join(folder, dump.file), near));
    const stores = await Stores.connect((store) => addressOf(servers, store));
    try {
      return await use(stores);
    } finally {
      stores.close();
    }
  } finally {
    await Promise.all([...servers.values()].map((server) => server.end()));
  }
}

function addressOf(servers: ReadonlyMap<Dump, ScratchRedis>, store: Store) {
  for (const [{ databases }, server] of servers) {
    const db = databases[store];
    if (db !== undefined) return { path: server.socket, db };
  }
  throw new BackupFault(`the backup does not hold the store "${store}"`);
}
