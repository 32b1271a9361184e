import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../shared/data/', import.meta.url));

/** Whether the reference data stand beside the project; tests on them are skipped where they do not. */
export const hasSharedData = existsSync(FOLDER);
if (!hasSharedData)
  process.stderr.write('no reference data beside the project: their tests are skipped\n');

export const sharedFile = (name: string): Buffer => readFileSync(`${FOLDER}${name}`);

export const sharedJson = (name: string): unknown => JSON.parse(sharedFile(name).toString('utf8'));
