import { placesIn, refuse } from './spec-walk.js';

/** Items that a sequence may have, in data, in expressions and in what is imputed. */
export const LONGEST_SEQUENCE = 10_000;
const MOST_STEPS = 1_000;
const LARGEST_SIDE = 4_000;
/** Degrees; finer lines are a grey globe that takes long. */
const FINEST_GRATICULE = 1;

/** The most that a number under a key may be; each of them multiplies work or memory. */
const limits: Readonly<Record<string, number>> = {
  steps: MOST_STEPS,
  minsteps: MOST_STEPS,
  maxsteps: MOST_STEPS,
  maxbins: MOST_STEPS,
  tickCount: 200,
  width: LARGEST_SIDE,
  height: LARGEST_SIDE,
  columns: 200,
};

/**
 * Refuses numbers which ask for endless work. What gets past, such as an expression, meets the limits of
 * the process that draws.
 * @throws Problem `invalid-parameter` with the place
 */
export function checkLimits(spec: unknown): void {
  for (const { key, value, path } of placesIn(spec)) {
    const most = limits[key];
    if (typeof value === 'number' && most !== undefined && value > most) {
      refuse(path, `must be at most ${String(most)}`);
    }
    if (typeof value === 'object' && value !== null) checkSteps(value, key, path);
  }
}

function checkSteps(value: object, key: string, path: string): void {
  const { start = 0, stop, step, extent } = value as Readonly<Record<string, unknown>>;
  if (typeof stop === 'number' && typeof start === 'number') {
    const items = (stop - start) / (typeof step === 'number' ? step : 1);
    if (!(items <= LONGEST_SEQUENCE)) {
      refuse(path, `must have at most ${String(LONGEST_SEQUENCE)} items`);
    }
  }
  if (key === 'graticule') checkGraticule(value, path);
  if (typeof step !== 'number') return;
  if (step === 0) refuse(`${path}.step`, 'must not be 0');
  if (Array.isArray(extent)) {
    const [low, high] = extent as unknown[];
    const bins = Math.abs((Number(high) - Number(low)) / step);
    if (bins > MOST_STEPS) refuse(path, `must make at most ${String(MOST_STEPS)} bins`);
  }
  if (Object.hasOwn(value, 'quantile') && 1 / Math.abs(step) > MOST_STEPS) {
    refuse(`${path}.step`, `must be at least ${String(1 / MOST_STEPS)}`);
  }
  if ((key === 'width' || key === 'height') && step > LARGEST_SIDE) {
    refuse(`${path}.step`, `must be at most ${String(LARGEST_SIDE)}`);
  }
}

function checkGraticule(value: object, path: string): void {
  for (const name of ['step', 'stepMajor', 'stepMinor', 'precision']) {
    const given = (value as Readonly<Record<string, unknown>>)[name];
    for (const one of Array.isArray(given) ? (given as unknown[]) : [given]) {
      if (typeof one !== 'number' || one >= FINEST_GRATICULE) continue;
      refuse(`${path}.${name}`, `must be at least ${String(FINEST_GRATICULE)} degree`);
    }
  }
}
