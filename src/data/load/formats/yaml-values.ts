/**
 * A plain scalar that JSON writes in the same way: a number, true or false. The text is kept, so that no
 * digit is lost, and what it is matters only inside of lists and mappings: types of columns are found later.
 */
export class PlainScalar {
  /** Keeps js-yaml from taking it for a mapping where it is a key. */
  readonly [Symbol.toStringTag] = 'PlainScalar';

  constructor(readonly text: string) {}

  /** As a key it is its text. */
  toString(): string {
    return this.text;
  }
}

const JSON_SCALAR = /^(true|false|-?(0|[1-9]\d*)(\.\d+)?(e[-+]?\d+)?)$/i;

export const isPlainScalar = (text: unknown): text is string =>
  typeof text === 'string' && JSON_SCALAR.test(text);

/** A record as JSON: its values are texts, lists and mappings in them keep what their scalars are. */
export function yamlRecordJson(record: unknown): string {
  if (typeof record !== 'object' || record === null) return json(record);
  if (Array.isArray(record) || record instanceof PlainScalar) return json(record);
  const cells = Object.entries(record).map(([name, value]) => {
    const cell: unknown = value instanceof PlainScalar ? value.text : value;
    return `${JSON.stringify(name)}:${json(cell)}`;
  });
  return `{${cells.join(',')}}`;
}

function json(value: unknown): string {
  if (value instanceof PlainScalar) return value.text.toLowerCase();
  if (Array.isArray(value)) return `[${value.map(json).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value).map(
    ([name, inner]) => `${JSON.stringify(name)}:${json(inner)}`,
  );
  return `{${members.join(',')}}`;
}
