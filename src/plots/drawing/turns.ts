let last: Promise<unknown> = Promise.resolve();

/**
 * One drawing after the other: canvas and raster memory are used again by the next, and Vega counts its
 * clips and gradients in variables that all views share.
 */
export function inTurn<T>(draw: () => Promise<T>): Promise<T> {
  const mine = last.then(draw, draw);
  last = mine.catch(() => undefined);
  return mine;
}
