// Draws with the built analyses, one plot for each line of its input: our side of bench/plots. It runs their
// `query`, where that counts, and `compute` as the thread of a worker does, and gives back what draw_matplotlib.py does.
import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

import { DuckDBDataChunk, DuckDBInstance, DOUBLE } from '@duckdb/node-api';

const dist = new URL('../../dist/', import.meta.url);
const load = (file) => import(new URL(file, dist).href);
await load('config/native-memory.js');
const { validateJson } = await load('parameters/validate.js');
const { forgetFrames } = await load('plots/drawing/runtimes.js');
const { warmPlots } = await load('plots/warm.js');
await warmPlots();

const PARAMS = {
  line: { x: 'x', y: ['y0'] },
  scatter: { x: 'x', y: ['y0'], color: 'c', size: 'd', style: 'points' },
  histogram: { column: 'v' },
  map: { lat: 'b', lon: 'a', color: 'c', colorScale: 'log' },
  panels: {
    plots: [
      { kind: 'line', x: 't', y: ['w'] },
      { kind: 'scatter', x: 'x', y: ['y0'], color: 'c', size: 'd' },
      { kind: 'histogram', column: 'v' },
      { kind: 'scatter', x: 'x', y: ['d'], color: 'c' },
    ],
  },
};
/** The columns of each panel, by the names that its query gives them; null where it counts in DuckDB. */
const PANELS = [
  { x: 't', y0: 'w' },
  { x: 'x', y0: 'y0', c: 'c', d: 'd' },
  null,
  { x: 'x', y0: 'd', c: 'c' },
];
const wanted = ['plot.png'];
const loaded = new Map();

/** The columns of a request, and the table of them where the analysis counts in DuckDB. */
async function dataOf({ kind, files }) {
  const key = JSON.stringify(files);
  if (loaded.has(key)) return loaded.get(key);
  const names = Object.keys(files).filter((name) => name !== 'land');
  const columns = Object.fromEntries(
    names.map((name) => {
      const bytes = readFileSync(files[name]);
      const values = new Float64Array(
        bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
      );
      return [name, { kind: 'number', values }];
    }),
  );
  const data = { columns, table: 'v' in columns ? await tableOf(columns) : null };
  // Counted in DuckDB alone: the column itself is not needed any more.
  if (kind === 'histogram') columns.v.values = new Float64Array(0);
  loaded.set(key, data);
  return data;
}

async function tableOf({ v: { values } }) {
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  await connection.run('CREATE TABLE data (v DOUBLE)');
  const appender = await connection.createAppender('data');
  for (let at = 0; at < values.length; at += 2048) {
    const chunk = DuckDBDataChunk.create([DOUBLE]);
    chunk.setColumns([Array.from(values.subarray(at, at + 2048))]);
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
  return connection;
}

function aboutOf(columns) {
  const described = Object.keys(columns).map((name) => ({ name, type: 'number', nulls: 0 }));
  const schema = { columns: described, key: '_row', time: null, position: null };
  return { name: 'bench', title: 'Bench', version: '1.1', schema };
}

async function draw({ kind }, { columns, table }) {
  const { default: analysis } = await load(`analyses/${kind}/${kind}.analysis.js`);
  const dataset = aboutOf(columns);
  const params = analysis.complete(validateJson(analysis.params, PARAMS[kind]), dataset.schema);
  const reader = {
    about: dataset,
    column: (name) => dataset.schema.columns.find((column) => column.name === name),
    rows: async (sql, values) => (await table.runAndReadAll(sql, values)).getRowObjectsJson(),
  };
  const data = await queried(kind, analysis, { params, reader, columns, table });
  const task = { dataset, wanted, progress() {}, log() {} };
  const results = await analysis.compute(params, data, task);
  return results['plot.png'].bytes.length;
}

/** What the query of the analysis gives: the columns as they are, or what DuckDB counts in them. */
async function queried(kind, analysis, { params, reader, columns, table }) {
  if (kind !== 'panels') return table === null ? columns : analysis.query(params, reader);
  const { default: histogram } = await load('analyses/histogram/histogram.analysis.js');
  const own = validateJson(histogram.params, PARAMS.histogram);
  const parts = [];
  for (const names of PANELS) {
    if (names === null) parts.push(await histogram.query(own, reader));
    else {
      const chosen = Object.entries(names).map(([name, column]) => [name, columns[column]]);
      parts.push(Object.fromEntries(chosen));
    }
  }
  return parts;
}

/** Highest memory of this process in MB. */
const memory = () =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  const data = await dataOf(request);
  if (request.fresh) forgetFrames();
  const begin = process.cpuUsage();
  const bytes = await draw(request, data);
  const { user, system } = process.cpuUsage(begin);
  console.log(JSON.stringify({ cpu: (user + system) / 1000, bytes, memory: memory() }));
}
