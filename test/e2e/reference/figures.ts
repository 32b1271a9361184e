import { beforeAll, expect, it } from '@jest/globals';

import { hasSharedData, sharedJson } from '../../support/shared-data.js';

/** Paths such as `files > * > header` of figures that no answer gives, with the reason. */
export type LeftOut = Readonly<Record<string, string>>;

/**
 * The reference answers of a folder, for the cases of one `describe`. Reading a figure in a case notes it: cases read
 * what they compare, and nothing else.
 */
export interface Figures<T> {
  readonly expected: T;
  /** The last case: every figure was read by those before it, or is left out with a reason. */
  readonly allCompared: (leftOut?: LeftOut) => void;
}

export function figuresOf<T>(folder: string): Figures<T> {
  const answers = hasSharedData ? (sharedJson(`${folder}/expected.json`) as object) : {};
  const seen = new Set<string>();
  beforeAll(() => {
    seen.clear(); // what was read while the cases were declared, such as names of files
  });
  return {
    expected: noted(answers, [], (path) => seen.add(path)) as T,
    allCompared: (leftOut = {}) => {
      it('leave no figure uncompared', () => {
        const paths = Object.keys(leftOut);
        const missed = leavesOf(answers, []).filter((steps) => !seen.has(pathOf(steps)));
        const lies = (steps: Steps) => (path: string) => liesUnder(steps, path.split(SEPARATOR));
        const unexplained = missed.filter((steps) => !paths.some(lies(steps)));
        expect(unexplained.map(pathOf)).toEqual([]);
        const needless = paths.filter((path) => !missed.some((steps) => lies(steps)(path)));
        expect(needless).toEqual([]);
      });
    },
  };
}

type Steps = readonly string[];
const SEPARATOR = ' > ';
const pathOf = (steps: Steps): string => steps.join(SEPARATOR);

const liesUnder = (steps: Steps, pattern: Steps): boolean =>
  pattern.every((step, index) => step === '*' || step === steps[index]);

const isNode = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** That a list is empty is a figure too. */
const isBranch = (value: unknown): value is object =>
  isNode(value) && Object.keys(value).length > 0;

function leavesOf(value: unknown, steps: Steps): Steps[] {
  if (!isBranch(value)) return [steps];
  return Object.entries(value).flatMap(([name, one]) => leavesOf(one, [...steps, name]));
}

/** The same answers; whoever reads a figure of them is heard. */
function noted(value: object, steps: Steps, hear: (path: string) => unknown): object {
  return new Proxy(value, {
    get(target, name) {
      const found: unknown = Reflect.get(target, name);
      if (typeof name === 'symbol' || !Object.hasOwn(target, name)) return found;
      if (!isBranch(found)) hear(pathOf([...steps, name]));
      return isNode(found) ? noted(found, [...steps, name], hear) : found;
    },
  });
}
