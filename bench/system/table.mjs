import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';

import { parse } from 'csv-parse';

import { generate } from '../generate.mjs';
import { ROOT } from './system.mjs';

const REAL = join(ROOT, '../shared/data/meteorites/meteorite_landings_full.csv.gz');
const ROWS = 45_716;

/**
 * The table that is measured, as a gzipped CSV file: the real one where it is at hand, else a generated
 * one of the same shape.
 *
 * @param {string} folder where a generated one goes
 * @param {number | null} rows of a generated table; null prefers the real one
 */
export async function chooseTable(folder, rows) {
  if (rows === null && existsSync(REAL)) {
    return { file: REAL, title: `Meteorite Landings, ${ROWS} rows of 10 columns` };
  }
  const file = join(folder, 'landings.csv.gz');
  await generate('landings', rows ?? ROWS, file);
  return { file, title: `a generated table, ${rows ?? ROWS} rows of 10 columns` };
}

/** All rows as objects of texts. */
export function rowsOf(file) {
  return createReadStream(file)
    .pipe(createGunzip())
    .pipe(parse({ columns: true }))
    .toArray();
}
