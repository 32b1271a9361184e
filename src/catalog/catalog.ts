import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import type { DatasetDeclaration } from './declaration.js';

/** The declared datasets, read from the folders beside this file. */
export class Catalog {
  private constructor(readonly declarations: readonly DatasetDeclaration[]) {}

  /** @param folder where the entries are; the own folder of the catalog unless a test says otherwise */
  static async read(folder = fileURLToPath(new URL('.', import.meta.url))): Promise<Catalog> {
    const names = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
    return new Catalog(await Promise.all(names.map((name) => readEntry(folder, name))));
  }

  find(name: string): DatasetDeclaration | undefined {
    return this.declarations.find((declaration) => declaration.name === name);
  }
}

async function readEntry(folder: string, name: string): Promise<DatasetDeclaration> {
  const file = ['js', 'ts']
    .map((ending) => join(folder, name, `${name}.dataset.${ending}`))
    .find((candidate) => existsSync(candidate));
  if (file === undefined) {
    throw new Error(`catalog/${name} needs a file ${name}.dataset.ts that declares the dataset`);
  }
  const module = (await import(pathToFileURL(file).href)) as { default?: DatasetDeclaration };
  const { default: declaration } = module;
  if (declaration?.name === name) return declaration;
  throw new Error(
    `catalog/${name}/${name}.dataset.ts must export defineDataset({ name: '${name}', ... }) by default`,
  );
}
