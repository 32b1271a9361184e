import type { GivenColumn } from '../data/load/request.js';

/**
 * A well-known dataset. One folder `catalog/<name>/` with a file `<name>.dataset.ts` that exports
 * `defineDataset({...})` by default is all there is to adding one: the registry finds it, a load of
 * that name follows the declaration, and its routes stand in OpenAPI and /help. Routes beyond the two
 * that every dataset gets are those of a Nest controller, the default export of `<name>.controller.ts`
 * beside it, or of a module, that of `<name>.module.ts`; a folder with one of these alone is a system without
 * data of its own. `<name>.worker.ts` exports a module that workers load.
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
  /** Columns that the routes of the folder ask for: a file without them is refused. */
  readonly needs?: readonly string[];
  /** Path to the list of records in a JSON document. */
  readonly path?: string;
  /** Address of the publisher's file, from which it can be loaded again. */
  readonly url?: string;
  /** How records come in, where that is by requests and not by files. */
  readonly waysIn?: string;
  /** Module of `<name>.format.ts` in the folder, which reads files of the publisher's own form; set by the catalog. */
  readonly formatModule?: string;
  /** Path of `<name>.sample.json` in the folder, which is loaded where a load names no file; set by the catalog. */
  readonly sample?: string;
  /** The controller of the folder has all routes under the noun; the two of every dataset are not made. */
  readonly ownRoutes?: true;
}

export function defineDataset(declaration: DatasetDeclaration): DatasetDeclaration {
  return declaration;
}
