// Measures Almanac: `node bench/run.mjs [data] [jobs] [plots] [articles]`, see --help and docs/benchmarks.md.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { benchArticles } from './articles/articles.bench.mjs';
import { benchData } from './data/data.bench.mjs';
import { benchJobs } from './jobs/jobs.bench.mjs';
import { HELP, parseOptions } from './options.mjs';
import { benchPlots } from './plots/plots.bench.mjs';
import { writeDocument } from './report/document.mjs';
import { describeMachine } from './report/machine.mjs';
import { plainTable, rowsOfReport } from './report/text.mjs';
import { ROOT } from './system/system.mjs';

const BENCHES = {
  data: benchData,
  jobs: benchJobs,
  plots: benchPlots,
  articles: benchArticles,
};

const options = readOptions();
if (options.help) {
  console.log(HELP);
  process.exit(0);
}
if (!existsSync(join(ROOT, 'dist/main.js'))) fail('nothing is built: run make build');
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const machine = await describeMachine();
if (Number(machine.load) > 0.5) console.log(`the machine is busy: load ${machine.load}`);
const begin = performance.now();
const parts = [];
for (const name of options.names) {
  for await (const part of BENCHES[name](options)) {
    parts.push(part);
    const seconds = Math.round((performance.now() - begin) / 1000);
    const where = `${name}, measured on ${part.table} (${seconds} s since the start)`;
    console.log(`\n${where}\n${plainTable(rowsOfReport(part.results))}`);
  }
}
const report = { measured: new Date().toISOString(), machine, parts };
const folder = options.out ?? join(ROOT, 'bench/results');
await mkdir(folder, { recursive: true });
const file = join(folder, `${report.measured.replaceAll(/[:.]/g, '-')}.json`);
await writeFile(file, JSON.stringify(report, null, 2));
console.log(`\nall figures are in ${file}`);
if (options.writeDocs) {
  const day = report.measured.slice(0, 10);
  await writeDocument(join(ROOT, 'docs/benchmarks.md'), { machine, day, parts });
}

function readOptions() {
  try {
    const given = parseOptions(process.argv.slice(2));
    const unknown = given.names.find((name) => !(name in BENCHES));
    if (unknown !== undefined) throw new Error(`there is no measurement "${unknown}"`);
    return { ...given, names: given.names.length > 0 ? given.names : Object.keys(BENCHES) };
  } catch (error) {
    return fail(`${error.message}\n\n${HELP}`);
  }
}

function fail(message) {
  console.error(`bench: ${message}`);
  process.exit(1);
}
