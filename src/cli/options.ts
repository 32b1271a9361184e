import { InvalidArgumentError } from 'commander';

/** What stands before the first `=`, and what stands behind it. */
function assignment(text: string, example: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new InvalidArgumentError(`It must be a name and a value, such as ${example}.`);
}

type Assignments = readonly (readonly [string, string])[];

/** An option that may be repeated, as all its assignments in their order. */
export const assignments =
  (example: string) =>
  (text: string, before: Assignments = []): Assignments => [...before, assignment(text, example)];

export function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number, 1 or more.');
}

/** Values by name; a name that comes more than once has a list. */
export function grouped(
  pairs: readonly (readonly [string, string])[] = [],
): Record<string, string | string[]> {
  const found: Record<string, string | string[]> = {};
  for (const [name, value] of pairs) {
    const before = found[name];
    found[name] = before === undefined ? value : [before, value].flat();
  }
  return found;
}
