import { Problem } from '../../errors/problem.js';

/** One value inside a specification, and where it stands. */
export interface Place {
  /** The key of an object, or of the list that holds the value; '' for the specification itself. */
  readonly key: string;
  readonly value: unknown;
  /** As a caller writes it: `params.spec.layer[0].mark`. */
  readonly path: string;
}

/** A person writes some hundred values; these bounds keep the checks below a few milliseconds. */
const MOST_VALUES = 10_000;
const DEEPEST = 24;

/** All values of a specification, the outer ones first. @throws Problem where it is too large or too deep */
export function* placesIn(spec: unknown, root = 'params.spec'): Generator<Place> {
  const waiting: (Place & { readonly depth: number })[] = [
    { key: '', value: spec, path: root, depth: 0 },
  ];
  for (let seen = 1; waiting.length > 0; seen += 1) {
    const place = waiting.pop();
    if (place === undefined) return;
    const { value, path, depth, key } = place;
    if (seen > MOST_VALUES) refuse(root, `must hold at most ${String(MOST_VALUES)} values`);
    if (depth > DEEPEST) refuse(path, `must not be nested deeper than ${String(DEEPEST)} levels`);
    yield place;
    if (typeof value !== 'object' || value === null) continue;
    const list = Array.isArray(value);
    for (const [name, inner] of Object.entries(value)) {
      waiting.push({
        key: list ? key : name,
        value: inner,
        path: list ? `${path}[${name}]` : `${path}.${name}`,
        depth: depth + 1,
      });
    }
  }
}

/** @throws Problem `invalid-parameter` at a place of the specification */
export function refuse(path: string, message: string): never {
  throw Problem.field('invalid-parameter', path, message);
}
