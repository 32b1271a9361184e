import { writeFile } from 'node:fs/promises';

import { format, resolveConfig } from 'prettier';

import { rowsOfReport } from './text.mjs';

const INTRODUCTION = `# Benchmarks

<!-- Written by \`node bench/run.mjs --write-docs\`; edit bench/report/document.mjs instead. -->

Each line puts Almanac beside something else that does the same, measured in turn in one run on one machine.
A ratio above 1 says how many times better Almanac is; where a line compares sizes, it is Almanac's share of the
other. The absolute figures (median, least and most of the repetitions) are those of this machine in this run
and say little about any other.

The naive design keeps each record as one JSON text in a Redis with the same durability (append-only file,
synced before every acknowledgement) and answers every question by reading all of them; it is in
\`bench/naive\`. Everything over HTTP goes to a built API process. Processor time is that of the API and its
children, and hardly depends on what else the machine does; the figures beside it are those of Datasette 0.65
on another machine of the same kind, published with its processor time per request. \`make bench\` measures
again; the names of the parts and tables select: \`node bench/run.mjs data --sizes 45k,1m\`.
`;

/** Writes the page of the documentation. */
export async function writeDocument(file, { machine, day, parts }) {
  const sections = parts.map(
    ({ title, table, results }) =>
      `## ${title[0].toUpperCase()}${title.slice(1)}: ${table}\n\n${markdown(rowsOfReport(results))}`,
  );
  const { processor, memory, node, redis, duckdb } = machine;
  const where = `Measured on ${day}: ${processor}, ${memory} of memory, Node ${node}, Redis ${redis}, DuckDB ${duckdb}.`;
  const text = [INTRODUCTION, where, ...sections].join('\n\n');
  await writeFile(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}

function markdown([head, ...rows]) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
