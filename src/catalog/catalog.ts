import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import type { Type } from '@nestjs/common';

import type { DatasetDeclaration } from './declaration.js';

/** What one folder of the catalog holds: a declared dataset, routes of its own, or both. */
export interface CatalogEntry {
  readonly name: string;
  readonly declaration?: DatasetDeclaration;
  readonly controller?: Type;
  /** Routes that need providers of their own. */
  readonly module?: Type;
  /** What workers do for it. */
  readonly worker?: Type;
}

/** The declared datasets, read from the folders beside this file. */
export class Catalog {
  readonly declarations: readonly DatasetDeclaration[];

  private constructor(readonly entries: readonly CatalogEntry[]) {
    this.declarations = entries.flatMap(({ declaration }) => declaration ?? []);
  }

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

async function readEntry(folder: string, name: string): Promise<CatalogEntry> {
  const declaration = await exportOf<DatasetDeclaration>(folder, name, 'dataset');
  const module = await exportOf<Type>(folder, name, 'module');
  const worker = await exportOf<Type>(folder, name, 'worker');
  // Where there is a module, the controller beside it is one of its own.
  const controller =
    module === undefined ? await exportOf<Type>(folder, name, 'controller') : undefined;
  if (declaration === undefined && controller === undefined && module === undefined) {
    throw new Error(
      `catalog/${name} needs a file ${name}.dataset.ts that declares the dataset, a ${name}.controller.ts or a ${name}.module.ts`,
    );
  }
  if (declaration !== undefined && declaration.name !== name) {
    throw new Error(
      `catalog/${name}/${name}.dataset.ts must export defineDataset({ name: '${name}', ... }) by default`,
    );
  }
  return {
    name,
    ...(declaration === undefined ? {} : { declaration: withFiles(folder, declaration) }),
    ...(controller === undefined ? {} : { controller }),
    ...(module === undefined ? {} : { module }),
    ...(worker === undefined ? {} : { worker }),
  };
}

/** A declaration with what else is in its folder: the reader of the publisher's own form, and a sample. */
function withFiles(folder: string, declaration: DatasetDeclaration): DatasetDeclaration {
  const format = moduleIn(folder, declaration.name, 'format');
  const sample = join(folder, declaration.name, `${declaration.name}.sample.json`);
  return {
    ...declaration,
    ...(format === undefined ? {} : { formatModule: pathToFileURL(format).href }),
    ...(existsSync(sample) ? { sample } : {}),
  };
}

/** The default export of `<name>.<role>` in the folder; undefined where there is no such file. */
async function exportOf<T>(folder: string, name: string, role: string): Promise<T | undefined> {
  const file = moduleIn(folder, name, role);
  if (file === undefined) return undefined;
  const { default: found } = (await import(pathToFileURL(file).href)) as { default?: T };
  if (found !== undefined) return found;
  throw new Error(`catalog/${name}/${name}.${role}.ts has no default export`);
}

const moduleIn = (folder: string, name: string, role: string): string | undefined =>
  ['js', 'ts']
    .map((ending) => join(folder, name, `${name}.${role}.${ending}`))
    .find((candidate) => existsSync(candidate));
