import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { BackupFault } from './backup-fault.js';
import { readManifest, type Manifest } from './manifest.js';

const NAME = /^almanac-\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z$/;
const UNFINISHED = '.unfinished';

/** The folder of all backups: one folder each, named by its time, so that names sort by age. */
export class Backups {
  constructor(readonly folder: string) {}

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Newest first. A folder whose manifest cannot be read is there without one. */
  async list(): Promise<{ name: string; manifest: Manifest | null }[]> {
    const names = (await readdir(this.folder).catch(() => [])).filter((name) => NAME.test(name));
    return Promise.all(
      names
        .sort()
        .reverse()
        .map(async (name) => ({
          name,
          manifest: await readManifest(this.path(name)).catch(() => null),
        })),
    );
  }

  /**
   * The folder of the backup with this name, or of the newest.
   * @throws BackupFault
   */
  async find(name: string | undefined): Promise<string> {
    const all = await this.list();
    if (all.length === 0) throw new BackupFault(`there is no backup in ${this.folder}`);
    const found = name === undefined ? all[0] : all.find((one) => one.name === name);
    if (found !== undefined) return this.path(found.name);
    throw new BackupFault(
      `there is no backup "${name ?? ''}" in ${this.folder}; see almanac backups`,
    );
  }

  /** Makes a folder, lets `fill` fill it, and gives it its name only then: what is named is whole. */
  async create<T>(fill: (folder: string, name: string) => Promise<T>): Promise<T> {
    const name = `almanac-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
    const unfinished = this.path(`${name}${UNFINISHED}`);
    await mkdir(unfinished, { recursive: true, mode: 0o700 });
    try {
      const made = await fill(unfinished, name);
      await rename(unfinished, this.path(name));
      return made;
    } catch (error) {
      await rm(unfinished, { recursive: true, force: true });
      throw error;
    }
  }

  /**
   * Removes all but the newest, and what earlier runs left unfinished.
   * @returns the names that are gone
   */
  async prune(keep: number): Promise<string[]> {
    const names = await readdir(this.folder);
    const old = names
      .filter((name) => NAME.test(name))
      .sort()
      .reverse()
      .slice(keep);
    const unfinished = names.filter((name) => name.endsWith(UNFINISHED));
    for (const name of [...old, ...unfinished]) {
      await rm(this.path(name), { recursive: true, force: true });
    }
    return old;
  }
}
