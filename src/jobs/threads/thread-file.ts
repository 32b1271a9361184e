import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The compiled file of a module, for a thread: threads are outside of jest's module system and cannot load
 * TypeScript, so whoever runs from src/ is pointed to the build in dist/.
 */
export function threadFile(module: URL): string {
  const path = fileURLToPath(module);
  if (!path.endsWith('.ts')) return path;
  const root = path.lastIndexOf(`${sep}src${sep}`);
  return `${path.slice(0, root)}${sep}dist${sep}${path.slice(root + 5, -3)}.js`;
}

/** The file in which every thread of a ComputePool begins. */
export const computeEntry = (): string =>
  threadFile(
    new URL(`./compute.thread.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url),
  );
