import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGzip } from 'node:zlib';

import { random } from './measure/random.mjs';

/**
 * Tables for measurements, the same bytes for the same seed: `landings` has the shape of the table of
 * meteorites (10 columns), `readings` that of a log of instruments (8 columns, for millions of rows).
 *
 *   node bench/generate.mjs readings 10000000 readings.csv.gz [seed]
 */
const CLASSES = ['L6', 'H5', 'L5', 'H6', 'H4', 'LL5', 'LL6', 'L4', 'CM2', 'H3', 'Iron, IIIAB'];
const STATIONS = 200;
const QUANTITIES = ['temperature', 'pressure', 'humidity', 'wind'];
const START = Date.UTC(2000, 0, 1);
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
  readings: {
    header: 'id,time,station,quantity,value,error,latitude,longitude',
    line(index, next) {
      const time = new Date(START + index * 60_000).toISOString().slice(0, 19);
      const station = Math.floor(next() * STATIONS);
      const quantity = QUANTITIES[Math.floor(next() * QUANTITIES.length)];
      const value = next() < 0.01 ? '' : (next() * 1000).toFixed(3);
      const [lat, lon] = [(station * 37) % 180, (station * 91) % 360];
      return `${index + 1},${time}Z,S${station},${quantity},${value},${(next() * 5).toFixed(2)},${lat - 90},${lon - 180}`;
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [shape, rows, file, seed] = process.argv.slice(2);
  if (!(shape in SHAPES) || !(Number(rows) > 0) || file === undefined) {
    console.error('usage: node bench/generate.mjs landings|readings ROWS FILE.csv.gz [SEED]');
    process.exit(1);
  }
  await generate(shape, Number(rows), file, seed === undefined ? undefined : Number(seed));
}
