import { didYouMean, nearNames } from '../../errors/near.js';
import { Problem } from '../../errors/problem.js';
import type { Column } from '../schema.js';

/** A column in a list such as `sort=-mass,"a,b"`. */
export interface ListedName {
  readonly name: string;
  readonly descending: boolean;
}

/**
 * Splits a list of names at its commas. A name which holds a comma or begins with a minus stands in
 * double quotes, its own quotes doubled.
 * @throws Problem `invalid-parameter` for an empty name or a quote that does not end
 */
export function parseNames(field: string, text: string): ListedName[] {
  const names: ListedName[] = [];
  const item = /(-?)(?:"((?:[^"]|"")*)"|([^,]*))(,|$)/y;
  while (item.lastIndex <= text.length) {
    const match = item.exec(text);
    const name = match?.[2]?.replaceAll('""', '"') ?? match?.[3] ?? '';
    if (match === null || name === '') {
      throw Problem.field('invalid-parameter', field, 'must be column names separated by commas');
    }
    names.push({ name, descending: match[1] === '-' });
    if (match[4] === '') break;
  }
  return names;
}

/**
 * @param others names which the caller may have meant besides columns
 * @throws Problem `unknown-column`, which names the field and similar names
 */
export function columnNamed(
  field: string,
  name: string,
  columns: readonly Column[],
  others: readonly string[] = [],
): Column {
  const found = columns.find((column) => column.name === name);
  if (found !== undefined) return found;
  // A parameter of that very name is meant elsewhere: it is none here.
  const meant = others.filter((other) => other !== name);
  const near = nearNames(name, [...columns.map((column) => column.name), ...meant]);
  const hint = didYouMean(near.map((one) => `"${one}"`));
  const elsewhere = others.includes(name) ? 'is no parameter here, and ' : '';
  throw Problem.field('unknown-column', field, `${elsewhere}there is no column "${name}"${hint}`, {
    near,
  });
}
