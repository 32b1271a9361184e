import { cpSync, existsSync, mkdtempSync, symlinkSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

import { ROOT } from '../../support/guarded-process.js';

const LEFT_OUT = ['.git', 'node_modules', 'dist', 'coverage', 'data'];

/** A copy of the checkout as a clone has it, but for the packages, which are shared. Remove it with rmSync. */
export function cloneOfCheckout(): string {
  if (!existsSync(join(ROOT, 'node_modules/.package-lock.json'))) {
    throw new Error('the packages are not installed: run make install');
  }
  const folder = mkdtempSync(join(tmpdir(), 'almanac-clone-'));
  cpSync(ROOT, folder, {
    recursive: true,
    filter: (path) => dirname(path) !== ROOT || !LEFT_OUT.includes(basename(path)),
  });
  // So that make finds the packages up to date and leaves the shared folder alone.
  utimesSync(join(folder, 'package-lock.json'), 0, 0);
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}
