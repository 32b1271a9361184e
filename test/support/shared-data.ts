import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const SHARED_FOLDER = fileURLToPath(new URL('../../../shared/data/', import.meta.url));

/** Whether the reference data stand beside the project; tests on them are skipped where they do not. */
export const hasSharedData = existsSync(SHARED_FOLDER);
if (!hasSharedData)
  process.stderr.write('no reference data beside the project: their tests are skipped\n');

export const sharedFile = (name: string): Buffer => readFileSync(`${SHARED_FOLDER}${name}`);

export const sharedJson = (name: string): unknown => JSON.parse(sharedFile(name).toString('utf8'));
