import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { generate, generateReadings } from '../generate.mjs';
import { ROOT } from '../system/system.mjs';
import { chooseTable } from '../system/table.mjs';

const HGNC = join(ROOT, '../shared/data/hgnc/hgnc_complete_set.txt.gz');
const CSV = { type: 'text/csv', delimiter: ',' };
const TSV = { type: 'text/tab-separated-values', delimiter: '\t' };
const CLASSES = ['L6', 'H5', 'L5', 'H6'];
const GROUPS = ['protein-coding gene', 'non-coding RNA', 'pseudogene'];

/**
 * A table that is measured.
 *
 * @typedef {object} Table
 * @property {string} file a CSV or TSV file, gzipped or not
 * @property {string} title
 * @property {string} type its media type
 * @property {string} delimiter
 * @property {string} key column that identifies a row
 * @property {boolean} naive whether the naive design is measured beside it
 * @property {boolean} whole whether records, edits and processor time are measured too
 * @property {number} repetitions most rounds
 * @property {number} pages pages a round
 * @property {boolean} exported whether the whole table is read
 * @property {[string, (n: number) => unknown]} edit a column, and its value in the nth edit
 * @property {string} group a column to group by
 * @property {(n: number) => Question} question the nth question: no two are alike
 *
 * @typedef {{ equal: [string, string], above: [string, number] }} Question rows that equal one value and
 *   are above another, sorted downwards by the latter
 */

/** The tables by the names that `--sizes` takes. */
const TABLES = {
  '45k': async (folder, options) => landings(await chooseTable(folder, options.rows)),
  '43k': async (folder) => genes(await genesFile(folder)),
  '1m': async (folder) => readings(folder, 1e6, { repetitions: 3, pages: 10, exported: true }),
  '10m': async (folder) => readings(folder, 1e7, { repetitions: 1, pages: 3, exported: false }),
};

export const SIZES = Object.keys(TABLES);

/** @returns {Promise<Table>} */
export const tableOf = (size, folder, options) => TABLES[size](folder, options);

const landings = ({ file, title }) => ({
  ...{ file, title, ...CSV, key: 'id', naive: true, whole: true, exported: true },
  ...{ repetitions: 7, pages: 40, edit: ['fall', (n) => `edit ${n}`], group: 'recclass' },
  question: (n) => ({
    equal: ['recclass', CLASSES[n % CLASSES.length]],
    above: ['mass (g)', 100 + n / 100],
  }),
});

const genes = ({ file, title }) => ({
  ...{ file, title, ...TSV, key: 'hgnc_id', naive: true, whole: false },
  ...{ repetitions: 3, pages: 20, exported: true },
  question: (n) => ({
    equal: ['locus_group', GROUPS[n % GROUPS.length]],
    above: ['entrez_id', 1_000 + n],
  }),
});

async function genesFile(folder) {
  if (existsSync(HGNC)) return { file: HGNC, title: 'HGNC genes, 43882 rows of 54 columns' };
  const file = join(folder, 'genes.tsv.gz');
  await generate('genes', 43_882, file);
  return { file, title: 'a generated table, 43882 rows of 54 columns' };
}

async function readings(folder, rows, rest) {
  const file = join(folder, 'readings.csv');
  await generateReadings(rows, file);
  return {
    ...{ file, title: `a generated table, ${rows} rows of 8 columns`, ...CSV, key: 'id' },
    ...{ naive: false, whole: false, ...rest },
    question: (n) => ({ equal: ['station', `S${n % 200}`], above: ['value', 900 - n / 100] }),
  };
}
