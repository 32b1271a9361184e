import { readFileSync } from 'node:fs';

interface Manifest {
  readonly version: string;
}

/** The version of the package; the manifest stands two folders above, in the sources and when built. */
export const VERSION = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as Manifest
).version;
