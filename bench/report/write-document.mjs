// Writes docs/benchmarks.md from the reports of several runs, where not everything was measured in one go:
//   node bench/report/write-document.mjs bench/results/*.json
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { ROOT } from '../system/system.mjs';
import { writeDocument } from './document.mjs';

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('usage: node bench/report/write-document.mjs REPORT.json ...');
  process.exit(1);
}
const reports = await Promise.all(files.map(async (file) => JSON.parse(await readFile(file))));
reports.sort((a, b) => (a.measured < b.measured ? -1 : 1));
const newest = reports.at(-1);
// What was measured again takes the place of what was measured before.
const parts = new Map(
  reports.flatMap((report) => report.parts.map((part) => [`${part.title}: ${part.table}`, part])),
);
await writeDocument(join(ROOT, 'docs/benchmarks.md'), {
  machine: newest.machine,
  day: newest.measured.slice(0, 10),
  parts: [...parts.values()].sort((a, b) => a.title.localeCompare(b.title)),
});
