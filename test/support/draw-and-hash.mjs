// Draws two pictures with the build, the one that is named first before the other, and prints hashes of all results.
import 'reflect-metadata';
import { createHash } from 'node:crypto';

const dist = new URL('../../dist/plots/', import.meta.url);
const { drawPlot } = await import(new URL('draw-plot.js', dist).href);
const { drawPanels } = await import(new URL('panels/draw-panels.js', dist).href);

const look = { title: 'A', theme: 'light', legend: 'right', width: 500, height: 400, scale: 1 };
const axis = { label: 'x', scale: 'linear' };
const xs = Float64Array.from({ length: 6_000 }, (_, i) => Math.sin(i) * i);
const ys = xs.map((x, i) => Math.cos(i) * x);
const scatter = {
  ...{ kind: 'scatter', counted: 'row', look, x: axis, y: axis, xs, ys },
  points: { style: 'points', color: { kind: 'number', label: 'c', scale: 'linear', values: ys } },
};
const schema = { columns: [], key: '_row', time: null, position: null };
const task = {
  dataset: { name: 'a', title: 'A', version: '1.0', schema },
  progress: () => undefined,
};
const draw = {
  scatter: () => drawPlot(scatter, task),
  panels: () => drawPanels({ look, pictures: [scatter, scatter], columns: 2 }, task),
};

const [first] = process.argv.slice(2);
const names = Object.keys(draw).sort((a, b) => Number(b === first) - Number(a === first));
const hashes = {};
for (const name of names) {
  for (const [result, { bytes }] of Object.entries(await draw[name]())) {
    hashes[`${name} ${result}`] = createHash('sha256').update(bytes).digest('hex');
  }
}
console.log(JSON.stringify(hashes));
