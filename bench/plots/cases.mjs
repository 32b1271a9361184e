import { random } from '../measure/random.mjs';

/**
 * What is drawn, and what was set out for: how many times faster than matplotlib from nothing, and again with
 * other data. Columns are Float64, made anew for each variant so that domains and ticks differ.
 *
 * @typedef {object} Case
 * @property {string} name
 * @property {'line' | 'scatter' | 'histogram' | 'panels' | 'map'} kind
 * @property {number} points
 * @property {{ nothing: number, again: number }} target
 */

/** @type {readonly Case[]} */
export const CASES = [
  { name: 'line of 1,000', kind: 'line', points: 1_000, target: { nothing: 2, again: 4 } },
  { name: 'line of 100,000', kind: 'line', points: 100_000, target: { nothing: 2, again: 4 } },
  { name: 'scatter of 1,000', kind: 'scatter', points: 1_000, target: { nothing: 2, again: 4 } },
  { name: 'scatter of 45,000', kind: 'scatter', points: 45_000, target: { nothing: 5, again: 6 } },
  {
    name: 'scatter of 1,000,000',
    kind: 'scatter',
    points: 1_000_000,
    target: { nothing: 12, again: 15 },
  },
  {
    name: 'histogram of 1,000,000',
    kind: 'histogram',
    points: 1_000_000,
    target: { nothing: 2, again: 4 },
  },
  { name: '2 x 2 panels', kind: 'panels', points: 1_000, target: { nothing: 2, again: 4 } },
  { name: 'map of 45,000', kind: 'map', points: 45_000, target: { nothing: 3.5, again: 4 } },
];

/** Columns of a case by the names that the analyses give them: x, y0, c, d; a, b, c; v; of panels t, w too. */
export function columnsOf({ kind, points }, variant) {
  const next = random(17 + variant);
  const spread = 1 + variant / 3;
  const make = (value) => Float64Array.from({ length: points }, (_, i) => value(i));
  const bell = () => spread * (next() + next() + next() + next() - 2);
  switch (kind) {
    case 'line': {
      let level = 0;
      return { x: make((i) => i * spread), y0: make(() => (level += spread * (next() - 0.5))) };
    }
    case 'scatter':
      return {
        x: make(bell),
        y0: make(bell),
        c: make(() => spread * next()),
        d: make(() => spread * next()),
      };
    case 'histogram':
      return { v: make(bell) };
    case 'panels': {
      let level = 0;
      return {
        t: make((i) => i * spread),
        w: make(() => (level += spread * (next() - 0.5))),
        x: make(bell),
        y0: make(bell),
        c: make(() => spread * next()),
        d: make(() => spread * next()),
        v: make(bell),
      };
    }
    case 'map':
      return {
        a: make(() => 360 * next() - 180),
        b: make(() => (Math.asin(2 * next() - 1) * 180) / Math.PI),
        c: make(() => 10 ** (5 * spread * next())),
      };
    default:
      throw new Error(`no columns for ${kind}`);
  }
}
