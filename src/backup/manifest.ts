import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Store } from '../redis/connections.js';
import { BackupFault } from './backup-fault.js';
import type { Inventory } from './inventory.js';

/**
 * What a backup says about itself. A backup is a folder: one dump for each Redis server, and
 * `manifest.json`, which is written last: a folder without it is no backup.
 */
export interface Manifest {
  /** Form of this file. */
  readonly format: 1;
  /** Name of the folder. */
  readonly name: string;
  /** RFC 3339. */
  readonly created: string;
  /** Version of Redis that wrote the dumps; an older one may not be able to read them. */
  readonly redis: string;
  readonly keyPrefix: string;
  readonly dumps: readonly Dump[];
  /** What was found in the dumps when they were made. */
  readonly inventory: Inventory;
}

/** One server, whose databases were dumped at one moment. */
export interface Dump {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Stores that this server holds, and the number of the database of each. */
  readonly databases: Partial<Readonly<Record<Store, number>>>;
}

const FILE = 'manifest.json';

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  await writeFile(join(folder, FILE), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
}

/** @throws BackupFault */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, FILE), 'utf8').catch(() => null);
  if (text === null) throw new BackupFault(`${folder} has no ${FILE}`);
  let manifest: Partial<Manifest>;
  try {
    manifest = JSON.parse(text) as Partial<Manifest>;
  } catch {
    throw new BackupFault(`${join(folder, FILE)} is not valid JSON`);
  }
  if (manifest.format !== 1 || !Array.isArray(manifest.dumps)) {
    throw new BackupFault(`${join(folder, FILE)} has a form that is not known here`);
  }
  return manifest as Manifest;
}
