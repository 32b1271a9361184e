import 'reflect-metadata';
import { workerData } from 'node:worker_threads';

// The thread of a worker is warmed in the same way.
const { warmPlots } = await import(`${workerData.dist}/plots/warm.js`);
const { default: map } = await import(`${workerData.dist}/analyses/map/map.analysis.js`);
const { validateJson } = await import(`${workerData.dist}/parameters/validate.js`);
await warmPlots();

/** Draws the map once. @returns milliseconds */
export default async function draw({ params, columns, about }) {
  const schema = { columns: about.columns, key: about.key, time: about.time };
  const complete = { ...validateJson(map.params, params), lat: 'reclat', lon: 'reclong' };
  const task = {
    dataset: { name: about.name, title: about.title, version: about.version, schema },
    progress() {},
    log() {},
  };
  const begin = performance.now();
  await map.compute(complete, columns, task);
  return performance.now() - begin;
}
