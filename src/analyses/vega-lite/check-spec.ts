import type { Schema } from '../../data/schema.js';
import { nearNames } from '../../errors/near.js';
import { Problem } from '../../errors/problem.js';
import { refuseForbidden } from './forbidden.js';
import { checkLimits } from './spec-limits.js';
import { checkGrammar } from './spec-schema.js';
import { placesIn, refuse } from './spec-walk.js';

type Spec = Readonly<Record<string, unknown>>;

/**
 * Checks a specification of a user before its job is accepted: what it may reach, how much it may ask
 * for, whether it is Vega-Lite, and whether its fields are columns.
 * @throws Problem `invalid-parameter` or `unknown-column` with the place
 */
export function checkSpec(spec: Spec, schema: Schema): void {
  refuseForbidden(spec);
  checkLimits(spec);
  if (typeof spec['$schema'] === 'string' && !spec['$schema'].includes('/vega-lite/')) {
    refuse('params.spec.$schema', 'must be that of Vega-Lite; other grammars are not drawn');
  }
  checkGrammar(spec);
  checkFields(spec, schema);
}

/** Where a specification makes no fields of its own, each field is a column. */
function checkFields(spec: Spec, schema: Schema): void {
  const places = [...placesIn(spec)];
  const makes = ['transform', 'as', 'sequence', 'graticule', 'sphere', 'repeat', 'params'];
  if (places.some(({ key }) => makes.includes(key))) return;
  const names = schema.columns.map(({ name }) => name);
  for (const { key, value, path } of places) {
    if (key !== 'field' || typeof value !== 'string') continue;
    const plain = unescaped(value);
    if (names.includes(value) || names.includes(plain)) continue;
    // `a.b` and `a[0]` look into a value; the column is what stands before.
    if (names.some((name) => value.startsWith(`${name}.`) || value.startsWith(`${name}[`)))
      continue;
    const near = nearNames(plain, names);
    const hint = near.length > 0 ? `; did you mean ${near.join(' or ')}?` : '';
    const message = `there is no column ${JSON.stringify(plain)}${hint}`;
    throw Problem.field('unknown-column', path, message, { near });
  }
}

/** Vega-Lite writes a dot or a bracket of a name behind a backslash. */
const unescaped = (field: string): string => field.replaceAll(/\\(.)/g, '$1');

/**
 * The columns that a specification may use: those whose names occur in any of its texts, in fields and
 * expressions alike. One too many costs little, one too few would draw nothing.
 */
export function usedColumns(spec: Spec, schema: Schema): string[] {
  const texts = JSON.stringify(spec);
  const plain = unescaped(unescaped(texts));
  return schema.columns
    .map(({ name }) => name)
    .filter((name) => plain.includes(name) || texts.includes(JSON.stringify(name).slice(1, -1)));
}
