import { isDeepStrictEqual } from 'node:util';

import { BackupFault } from './backup-fault.js';
import { takeInventory, type Inventory } from './inventory.js';
import { readManifest, type Manifest } from './manifest.js';
import { checkFiles, withBackup } from './open-backup.js';

/**
 * Proves that a backup can be restored: hashes of its files, then a restore into a Redis of its own, and counts
 * and hashes of what is there against those of the manifest.
 * @param near folder for the scratch Redis
 * @throws BackupFault which says what is wrong
 */
export async function verifyBackup(folder: string, near: string): Promise<Manifest> {
  const manifest = await readManifest(folder);
  await checkFiles(folder, manifest.dumps);
  const { inventory, faults } = await withBackup(folder, manifest.dumps, near, (stores) =>
    takeInventory(stores, manifest.keyPrefix),
  );
  const wrong = [...faults, ...differences(manifest.inventory, inventory)];
  if (wrong.length > 0)
    throw new BackupFault(`the backup is not what it says: ${wrong.join('; ')}`);
  return manifest;
}

/** Sentences about what is not as it was noted. */
export function differences(noted: Inventory, found: Inventory): string[] {
  return Object.entries(noted).flatMap(([part, value]) => {
    const other = found[part as keyof Inventory];
    if (isDeepStrictEqual(value, other)) return [];
    return [`${part}: noted ${JSON.stringify(value)}, found ${JSON.stringify(other)}`];
  });
}
