import { FAILSAFE_SCHEMA, loadAll, Type } from 'js-yaml';

import { Problem } from '../../../errors/problem.js';
import { isPlainScalar, PlainScalar } from './yaml-values.js';

/** Values that a document may grow to by its aliases. */
const MAX_VALUES = 20_000_000;

/**
 * A document of YAML as texts, plain scalars, nulls, lists and mappings: no other types, so that no digit is
 * lost (`0123`, whole numbers of 64 bits). Types are found later, over all records. Several documents are a
 * list of them.
 * @throws Problem `unreadable-file` with line and column
 */
export function parseYaml(text: string): unknown {
  try {
    const documents = loadAll(text, undefined, { schema: SCHEMA });
    const document = documents.length === 1 ? documents[0] : documents;
    new Weigher().check(document);
    return document;
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('unreadable-file', `the YAML is damaged: ${saidOf(error)}`);
  }
}

/** `.nan` and `.inf` become texts which count as missing among numbers. */
const notFinite = new Type('tag:yaml.org,2002:float', {
  kind: 'scalar',
  resolve: (text: unknown) => typeof text === 'string' && /^(\.nan|[-+]?\.inf)$/i.test(text),
  construct: () => 'NaN',
});
const NULLS = ['', '~', 'null', 'Null', 'NULL'];
const nothing = new Type('tag:yaml.org,2002:null', {
  kind: 'scalar',
  resolve: (text: unknown) => text === null || NULLS.some((one) => one === text),
  construct: () => null,
});
const merge = new Type('tag:yaml.org,2002:merge', {
  kind: 'scalar',
  resolve: (text: unknown) => text === '<<',
});
const plain = new Type('tag:almanac,2026:plain', {
  kind: 'scalar',
  resolve: isPlainScalar,
  construct: (text: string) => new PlainScalar(text),
});
const SCHEMA = FAILSAFE_SCHEMA.extend({ implicit: [nothing, merge, notFinite, plain] });

/** Counts the values that a document stands for, each alias as often as it is used. */
class Weigher {
  private readonly known = new Map<object, number>();

  check(document: unknown): void {
    if (this.weigh(document) > MAX_VALUES) {
      throw new Problem(
        'unreadable-file',
        `the YAML stands for more than ${String(MAX_VALUES)} values by its aliases`,
      );
    }
  }

  private weigh(value: unknown): number {
    if (typeof value !== 'object' || value === null || value instanceof PlainScalar) return 1;
    const known = this.known.get(value);
    if (known === -1) throw new Problem('unreadable-file', 'an alias of the YAML contains itself');
    if (known !== undefined) return known;
    this.known.set(value, -1);
    let weight = 1;
    for (const item of Object.values(value)) weight += this.weigh(item);
    this.known.set(value, weight);
    return weight;
  }
}

function saidOf(error: unknown): string {
  const { reason, mark, message } = error as {
    reason?: string;
    mark?: { line: number; column: number };
    message: string;
  };
  if (error instanceof RangeError) return 'it is nested too deeply';
  if (mark === undefined) return reason ?? message.split('\n')[0] ?? '';
  return `${reason ?? ''} (line ${String(mark.line + 1)}, column ${String(mark.column + 1)})`;
}
