import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { Validator, type OutputUnit, type Schema } from '@cfworker/json-schema';

import { nearNames } from '../../errors/near.js';
import { DATA_NAME } from './forbidden.js';
import { refuse } from './spec-walk.js';

const require = createRequire(import.meta.url);

interface SchemaNode {
  readonly properties?: Readonly<Record<string, unknown>>;
}

interface Grammar {
  readonly validator: Validator;
  /** Every key that occurs anywhere in the grammar. */
  readonly keys: readonly string[];
}

let known: Grammar | undefined;

/** The published schema of Vega-Lite, read when it is first needed: some 200 ms. */
function grammar(): Grammar {
  if (known !== undefined) return known;
  const text = readFileSync(require.resolve('vega-lite/vega-lite-schema.json'), 'utf8');
  const schema = JSON.parse(text) as Schema & { definitions: Record<string, SchemaNode> };
  const keys = Object.values(schema.definitions).flatMap(({ properties = {} }) =>
    Object.keys(properties),
  );
  // Interpreted, not compiled: compiling this schema takes four seconds.
  known = { validator: new Validator(schema, '7', false), keys: [...new Set(keys)] };
  return known;
}

const FORMS = ['mark', 'layer', 'facet', 'hconcat', 'vconcat', 'concat', 'repeat'];

/**
 * Checks a specification against the grammar.
 * @throws Problem `invalid-parameter` at the place which is wrong, with what was expected there
 */
export function checkGrammar(spec: Readonly<Record<string, unknown>>): void {
  if (!FORMS.some((form) => Object.hasOwn(spec, form))) {
    refuse('params.spec', `needs one of ${FORMS.join(', ')}`);
  }
  const { validator, keys } = grammar();
  const { valid, errors } = validator.validate({ data: { name: DATA_NAME }, ...spec });
  if (valid) return;
  const { place, message } = likeliest(errors, keys);
  refuse(`params.spec${place}`, message);
}

/**
 * A union of the grammar fails with a fault for each of its members. The deepest place is where the
 * member that was meant fails; there, wrong values count more than keys that other members lack.
 */
function likeliest(
  errors: readonly OutputUnit[],
  keys: readonly string[],
): { place: string; message: string } {
  const depth = ({ instanceLocation }: OutputUnit): number => instanceLocation.split('/').length;
  const telling = errors.filter(({ keyword }) => !['$ref', 'anyOf'].includes(keyword));
  const deepest = Math.max(...telling.map(depth));
  const there = telling.filter((error) => depth(error) === deepest);
  const values = there.filter(
    ({ keyword }) => !['false', 'additionalProperties'].includes(keyword),
  );
  const at = mostFrequent((values.length > 0 ? values : there).map((one) => one.instanceLocation));
  const here = there.filter(({ instanceLocation }) => instanceLocation === at);
  return { place: written(at), message: messageOf(here, at, keys) };
}

function messageOf(errors: readonly OutputUnit[], at: string, keys: readonly string[]): string {
  const options = [...optionsIn(errors), ...typesIn(errors)];
  if (options.length > 0) {
    return `must be ${options.length > 1 ? 'one of ' : ''}${options.join(', ')}`;
  }
  const missing = errors.find(({ keyword }) => keyword === 'required');
  if (missing !== undefined) return missing.error.replace(/^Instance /, '');
  const key = at.split('/').at(-1) ?? '';
  const near = keys.includes(key) ? [] : nearNames(key, keys);
  return `has no place here${near.length > 0 ? `; did you mean ${near.join(' or ')}?` : ''}`;
}

/** The values that the members of the union take at this place. */
function optionsIn(errors: readonly OutputUnit[]): string[] {
  const found = errors.flatMap(({ keyword, error }) => {
    if (keyword === 'const') return /match (".*")\.$/.exec(error)?.[1] ?? [];
    if (keyword === 'enum') return /any of \[(.*)\]\.$/.exec(error)?.[1]?.split(',') ?? [];
    return [];
  });
  return [...new Set(found)].filter((option) => option !== '"image"').slice(0, 60);
}

/** The kinds of values that they take, other than texts of the list above: `a number`. */
function typesIn(errors: readonly OutputUnit[]): string[] {
  const types = errors.flatMap(({ error }) => /Expected "(\w+)"/.exec(error)?.[1] ?? []);
  return [...new Set(types)].map((type) => (/^[aeio]/.test(type) ? `an ${type}` : `a ${type}`));
}

function mostFrequent(locations: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const one of locations) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '#';
}

/** `#/layer/0/mark` as `.layer[0].mark`. */
const written = (location: string): string =>
  location
    .split('/')
    .slice(1)
    .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`))
    .join('');
