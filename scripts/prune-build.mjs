// Removes from dist what has no source any more. The build only adds, and programs read folders of dist: a
// deleted analysis would live on.
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SRC = fileURLToPath(new URL('../src', import.meta.url));
const DIST = fileURLToPath(new URL('../dist', import.meta.url));

if (existsSync(DIST)) prune('');

/** @param {string} folder below dist */
function prune(folder) {
  for (const entry of readdirSync(join(DIST, folder))) {
    const path = join(folder, entry);
    if (entry.startsWith('.') || existsSync(source(path))) {
      if (statSync(join(DIST, path)).isDirectory()) prune(path);
    } else {
      rmSync(join(DIST, path), { recursive: true });
    }
  }
}

/** @param {string} path below dist */
function source(path) {
  return join(SRC, path.replace(/\.js(\.map)?$/, '.ts'));
}
