import { parseArgs } from 'node:util';

import { SIZES } from './data/tables.mjs';

export const HELP = `usage: node bench/run.mjs [data] [jobs] [plots] [articles] [options]

  --sizes LIST     tables of data: ${SIZES.join(',')} (default all; with --rows the first)
  --only TEXT      plots: the cases whose name holds this, such as "map of"; data: beside the load only the part of
                   this name (page, processor, record, export, start, edits; any other: none)
  --rows N         measure on a generated table of N rows, not on the real one; so many articles
  --repetitions N  times that every side is measured (default 7)
  --seconds N      length of one measurement of requests per second (default 2)
  --out FOLDER     where the results go (default bench/results)
  --write-docs     write docs/benchmarks.md as well
  --profile FOLDER write CPU profiles of API and worker there
`;

/**
 * @param {readonly string[]} args
 * @throws {Error} for what nobody understands
 */
export function parseOptions(args) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      sizes: { type: 'string' },
      rows: { type: 'string' },
      only: { type: 'string', default: '' },
      repetitions: { type: 'string', default: '7' },
      seconds: { type: 'string', default: '2' },
      out: { type: 'string' },
      'write-docs': { type: 'boolean', default: false },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    names: positionals,
    help: values.help,
    sizes: sizesOf(values),
    rows: values.rows === undefined ? null : positive('rows', values.rows),
    only: values.only,
    repetitions: positive('repetitions', values.repetitions),
    seconds: positive('seconds', values.seconds),
    out: values.out ?? null,
    writeDocs: values['write-docs'],
    profile: values.profile ?? null,
  };
}

function sizesOf({ sizes, rows }) {
  if (sizes === undefined) return rows === undefined ? SIZES : SIZES.slice(0, 1);
  const list = sizes.split(',');
  const unknown = list.find((size) => !SIZES.includes(size));
  if (unknown === undefined) return list;
  throw new Error(`--sizes "${unknown}": expected some of ${SIZES.join(',')}`);
}

function positive(name, text) {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new Error(`--${name} "${text}": expected a number above 0`);
}
