import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let last: Promise<unknown> = Promise.resolve();

/**
 * One drawing after the other: canvas and raster memory are used again by the next, and Vega counts its
 * clips and gradients in variables that all views share.
 */
export function inTurn<T>(draw: () => Promise<T>): Promise<T> {
  const mine = last.then(draw, draw).finally(dropped);
  last = mine.catch(() => undefined);
  return mine;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options: { type: 'minor' }) => void;

/**
 * Gives back the pixels of a drawing. They are megabytes outside of what V8 counts, so that it would collect them
 * after dozens of pictures only: memory that is given back serves the next, new memory costs as much as the drawing.
 * A minor collection takes a millisecond; the pixels are free in the next turn of the event loop.
 */
async function dropped(): Promise<void> {
  collect({ type: 'minor' });
  await new Promise((resolve) => setImmediate(resolve));
}
