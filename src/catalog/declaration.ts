import type { GivenColumn } from '../data/load/request.js';

/**
 * A well-known dataset. One folder `catalog/<name>/` with a file `<name>.dataset.ts` that exports
 * `defineDataset({...})` by default is all there is to adding one: the registry finds it, a load of
 * that name follows the declaration, and its routes stand in OpenAPI and /help.
 */
export interface DatasetDeclaration {
  /** Lower-case words joined by dashes; the name of the folder, of the dataset and of its routes. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Where the publisher offers the data. */
  readonly source: string;
  readonly licence: string;
  readonly citation: string;
  /** Column whose values address the records. */
  readonly key?: string;
  /** Column that `start` and `end` compare. */
  readonly time?: string;
  /** Types, units and descriptions of columns, by name; columns that a file lacks are passed by. */
  readonly columns: Readonly<Record<string, GivenColumn>>;
  /** Path to the list of records in a JSON document. */
  readonly path?: string;
}

export function defineDataset(declaration: DatasetDeclaration): DatasetDeclaration {
  return declaration;
}
