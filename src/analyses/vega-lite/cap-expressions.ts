import { vega } from '../../plots/vega.js';
import { LONGEST_SEQUENCE } from './spec-limits.js';
import { refuse } from './spec-walk.js';

type Replaceable = (name: string, fn?: (...args: never[]) => unknown) => unknown;

/** Bounds the functions of Vega's expressions that make something large of something small. */
export function capExpressions(): void {
  const expression = vega.expressionFunction as unknown as Replaceable;
  expression('sequence', (...range: number[]) => {
    const [start, stop, step = 1] = range.length === 1 ? [0, range[0] ?? 0] : range;
    const items = ((stop ?? 0) - (start ?? 0)) / step;
    if (!(items <= LONGEST_SEQUENCE)) {
      refuse('params.spec', `sequence() may have at most ${String(LONGEST_SEQUENCE)} items`);
    }
    return Array.from({ length: Math.max(0, Math.ceil(items)) }, (_, i) => (start ?? 0) + i * step);
  });
  const pad = expression('pad') as (text: unknown, length: number, ...rest: unknown[]) => string;
  expression('pad', (text: unknown, length: number, ...rest: unknown[]) => {
    if (length > LONGEST_SEQUENCE) {
      refuse('params.spec', `pad() may fill up to ${String(LONGEST_SEQUENCE)} characters`);
    }
    return pad(text, length, ...rest);
  });
}
