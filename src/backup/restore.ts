import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import type { Configuration } from '../config/configuration.js';
import { storeUrl, STORES } from '../redis/connections.js';
import { Keys } from '../redis/keys.js';
import { Script } from '../redis/script.js';
import { BackupFault } from './backup-fault.js';
import { copyKeys } from './copy-keys.js';
import { takeInventory } from './inventory.js';
import type { Manifest } from './manifest.js';
import { withBackup } from './open-backup.js';
import { escapeGlob, scan, Stores } from './stores.js';
import { differences, verifyBackup } from './verify.js';

const renewJob = new Script(new URL('./renew.lua', import.meta.url));

export interface Restored {
  readonly manifest: Manifest;
  /** Keys that were written. */
  readonly keys: number;
}

/**
 * Brings a backup back: verifies it, renews in the copy what belonged to processes that are gone, and copies it
 * into the stores of the configuration, datasets last. API and workers should not run meanwhile; should one
 * run all the same, it throws its replicas away, since every dataset has a new epoch.
 * @param replace whether data that are there are removed first; otherwise they are a reason to refuse
 * @throws BackupFault
 */
export async function restoreBackup(
  folder: string,
  configuration: Configuration,
  replace: boolean,
): Promise<Restored> {
  const near = join(configuration.dataDir, 'scratch');
  const manifest = await verifyBackup(folder, near);
  const { keyPrefix } = configuration;
  if (manifest.keyPrefix !== keyPrefix) {
    throw new BackupFault(
      `the backup was taken with KEY_PREFIX=${manifest.keyPrefix}; set that to restore it (now ${keyPrefix})`,
    );
  }
  const target = await Stores.connect((store) => storeUrl(configuration, store));
  try {
    await makeRoom(target, keyPrefix, replace);
    const keys = await withBackup(folder, manifest.dumps, near, async (source) => {
      await renew(source, new Keys(keyPrefix));
      return copyAll(source, target, keyPrefix);
    });
    await check(target, manifest);
    return { manifest, keys };
  } finally {
    target.close();
  }
}

async function makeRoom(target: Stores, prefix: string, replace: boolean): Promise<void> {
  for (const store of STORES) {
    for await (const keys of scan(target.of(store), `${escapeGlob(prefix)}:*`)) {
      if (!replace) {
        throw new BackupFault(
          `the target is not empty (${keys[0] ?? ''} is there); --replace removes what is there first`,
        );
      }
      await target.of(store).unlink(...keys);
    }
  }
}

/** Epochs, so that replicas are thrown away; jobs that ran, so that they wait. */
async function renew(source: Stores, keys: Keys): Promise<void> {
  const data = source.of('data');
  for (const name of await data.smembers(keys.datasets())) {
    await data.hset(keys.dataset(name), { epoch: randomUUID() });
  }
  const queue = source.of('queue');
  for (const id of await queue.zrange(keys.openJobs(), '0', '-1')) {
    await renewJob.run(queue, [keys.job(id)], []);
  }
}

/** Bull's own keys stay behind: the workers add a message for every job that waits and has none. */
async function copyAll(source: Stores, target: Stores, prefix: string): Promise<number> {
  const bull = `${new Keys(prefix).bull()}:`;
  let copied = 0;
  for (const store of ['results', 'queue', 'data'] as const) {
    const wanted = (key: string): boolean => !key.startsWith(bull);
    copied += await copyKeys(source.of(store), target.of(store), prefix, wanted);
  }
  return copied;
}

/** The digest differs, since epochs were renewed; everything else has to be as it was. */
async function check(target: Stores, { inventory, keyPrefix }: Manifest): Promise<void> {
  const found = await takeInventory(target, keyPrefix);
  const wrong = [
    ...found.faults,
    ...differences({ ...inventory, digest: '' }, { ...found.inventory, digest: '' }),
  ];
  if (wrong.length > 0) throw new BackupFault(`the restore is not whole: ${wrong.join('; ')}`);
}
