import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** A major collection costs about as much as a third of a drawing. */
const MAJOR_EVERY = 8;

let drawings = 0;
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
const collect = runInNewContext('gc') as (options: { type: 'minor' | 'major' }) => void;

/**
 * Gives back the pixels of a drawing. They are megabytes outside of what V8 counts, so that it would collect them
 * after dozens of pictures only: memory that is given back serves the next, new memory costs as much as the drawing.
 * A minor collection takes a millisecond; the pixels are free in the next turn of the event loop. It leaves some MB of
 * Vega's graphs behind, which a major one takes at times: by itself V8 waits until they are a hundred MB.
 */
async function dropped(): Promise<void> {
  drawings += 1;
  collect({ type: drawings % MAJOR_EVERY === 0 ? 'major' : 'minor' });
  await new Promise((resolve) => setImmediate(resolve));
}
