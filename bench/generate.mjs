import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGzip } from 'node:zlib';

import { DuckDBInstance } from '@duckdb/node-api';

import { random } from './measure/random.mjs';

/**
 * Tables for measurements, the same bytes for the same seed: `landings` has the shape of the table of
 * meteorites (10 columns), `genes` that of a list of genes (54 columns), `readings` that of a log of
 * instruments (8 columns, for millions of rows, made by DuckDB).
 *
 *   node bench/generate.mjs readings 10000000 readings.csv [seed]
 */
const CLASSES = ['L6', 'H5', 'L5', 'H6', 'H4', 'LL5', 'LL6', 'L4', 'CM2', 'H3', 'Iron, IIIAB'];
const GROUPS = ['protein-coding gene', 'non-coding RNA', 'pseudogene'];
const OTHERS = Array.from({ length: 51 }, (_, n) => n + 1);
const LINES_AT_ONCE = 2_000;

const SHAPES = {
  landings: {
    header: 'name,id,nametype,recclass,mass (g),fall,year,reclat,reclong,GeoLocation',
    line(index, next) {
      const kind = CLASSES[Math.floor(next() ** 2 * CLASSES.length)];
      const mass = next() < 0.003 ? '' : (10 ** (next() * 6 - 1)).toFixed(2);
      const year = next() < 0.006 ? '' : String(1900 + Math.floor(next() * 114));
      const lat = (next() * 180 - 90).toFixed(6);
      const lon = (next() * 360 - 180).toFixed(6);
      const place = next() < 0.16 ? ',,' : `${lat},${lon},"(${Number(lat)}, ${Number(lon)})"`;
      const fall = next() < 0.025 ? 'Fell' : 'Found';
      return `Place ${index},${index + 1},Valid,${quoted(kind)},${mass},${fall},${year},${place}`;
    },
  },
  genes: {
    header: ['hgnc_id', 'locus_group', 'entrez_id', ...OTHERS.map((n) => `column_${n}`)].join('\t'),
    line(index, next) {
      const group = GROUPS[Math.floor(next() * GROUPS.length)];
      const others = OTHERS.map(() => (next() < 0.5 ? '' : `text ${Math.floor(next() * 1e6)}`));
      return [`HGNC:${index}`, group, Math.floor(next() * 1e6), ...others].join('\t');
    },
  },
};

const quoted = (text) => (text.includes(',') ? `"${text}"` : text);

/** The lines of a table, as chunks of text. */
export function* csvOf(shape, rows, seed = 1) {
  const { header, line } = SHAPES[shape];
  const next = random(seed);
  yield `${header}\n`;
  for (let start = 0; start < rows; start += LINES_AT_ONCE) {
    let text = '';
    for (let index = start; index < Math.min(rows, start + LINES_AT_ONCE); index++) {
      text += `${line(index, next)}\n`;
    }
    yield text;
  }
}

/** Writes a table to a gzip file. */
export async function generate(shape, rows, file, seed) {
  await pipeline(Readable.from(csvOf(shape, rows, seed)), createGzip(), createWriteStream(file));
}

/** Writes a log of instruments, as CSV; gzipped where the name of the file says so. */
export async function generateReadings(rows, file, seed = 1) {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const random = (n) => `(hash(i, ${n}, ${seed}) / 18446744073709551616.0)`;
  await connection.run(
    `COPY (
       SELECT i + 1 AS id, strftime(TIMESTAMP '2000-01-01' + to_minutes(i), '%Y-%m-%dT%H:%M:%SZ') AS time,
         'S' || s AS station,
         (['temperature', 'pressure', 'humidity', 'wind'])[1 + floor(${random(2)} * 4)::INT] AS quantity,
         CASE WHEN ${random(3)} >= 0.01 THEN round(${random(4)} * 1000, 3) END AS value,
         round(${random(5)} * 5, 2) AS error,
         (s * 37) % 180 - 90 AS latitude, (s * 91) % 360 - 180 AS longitude
       FROM (SELECT i, floor(${random(1)} * 200)::INT AS s FROM range(${rows}) AS t(i))
     ) TO '${file.replaceAll("'", "''")}' (HEADER)`,
  );
  connection.closeSync();
  instance.closeSync();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [shape, rows, file, seed] = process.argv.slice(2);
  const known = shape === 'readings' || shape in SHAPES;
  if (!known || !(Number(rows) > 0) || file === undefined) {
    console.error('usage: node bench/generate.mjs landings|genes|readings ROWS FILE [SEED]');
    process.exit(1);
  }
  const chosen = seed === undefined ? undefined : Number(seed);
  if (shape === 'readings') await generateReadings(Number(rows), file, chosen);
  else await generate(shape, Number(rows), file, chosen);
}
