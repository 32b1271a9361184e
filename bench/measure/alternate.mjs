import { figures } from './statistics.mjs';

/**
 * Measures some sides in turn, in one run: each once unmeasured to warm up, then `repetitions` rounds,
 * every second one in the opposite order, so that whatever else the machine does meets all alike.
 *
 * @param {Record<string, (round: number) => Promise<number>>} sides by name; each gives its figure
 * @param {number} repetitions
 * @param {{ warm?: boolean }} [how] whether to warm up: what takes minutes does without
 */
export async function alternate(sides, repetitions, { warm = true } = {}) {
  const names = Object.keys(sides);
  const values = Object.fromEntries(names.map((name) => [name, []]));
  if (warm) for (const name of names) await sides[name](0);
  for (let round = 1; round <= repetitions; round++) {
    for (const name of round % 2 === 1 ? names : names.toReversed()) {
      values[name].push(await sides[name](round));
    }
  }
  return Object.fromEntries(names.map((name) => [name, figures(values[name])]));
}

/** Milliseconds of one call. */
export async function timed(call) {
  const begin = performance.now();
  await call();
  return performance.now() - begin;
}
