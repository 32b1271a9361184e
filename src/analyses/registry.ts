import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';

import { didYouMean, nearNames } from '../errors/near.js';
import { Problem } from '../errors/problem.js';
import type { Analysis } from './analysis.js';
import { checkAnalysis } from './check-analysis.js';

/**
 * All analyses there are: every folder `<name>/` with a file `<name>.analysis.js` (or .ts, where the
 * sources run) in the folder of this file, found at the start of the process. Adding an analysis is
 * adding a folder; nothing names them one by one.
 */
export interface RegisteredAnalysis {
  readonly analysis: Analysis;
  /** The module which exports it; a thread imports it from there. */
  readonly module: URL;
}

const OWN_FOLDER = new URL('.', import.meta.url);
const MODULE_NAME = /^([^.]+)\.analysis\.(?:js|ts)$/;

export class AnalysisRegistry {
  private constructor(private readonly entries: ReadonlyMap<string, RegisteredAnalysis>) {}

  /**
   * @param folders where to look; URLs that end in a slash
   * @throws Error which names the folder and what to mend, for an analysis that breaks the contract
   */
  static async load(folders: readonly URL[] = [OWN_FOLDER]): Promise<AnalysisRegistry> {
    const entries = new Map<string, RegisteredAnalysis>();
    for (const module of (await Promise.all(folders.map(modulesIn))).flat()) {
      const loaded = (await import(module.href)) as { readonly default?: unknown };
      const folder = module.pathname.split('/').at(-2) ?? '';
      const analysis = checkAnalysis(folder, loaded.default);
      const other = entries.get(analysis.name);
      if (other !== undefined) {
        throw new Error(`analysis ${analysis.name}: also in ${other.module.pathname}; rename one`);
      }
      entries.set(analysis.name, { analysis, module });
    }
    return new AnalysisRegistry(entries);
  }

  /**
   * One analysis alone, without loading the others: for short-lived tasks.
   * @throws Problem `unknown-analysis`
   */
  static async one(name: string): Promise<Analysis> {
    const folders = await readdir(OWN_FOLDER, { withFileTypes: true });
    const own = folders.filter((entry) => entry.name === name);
    const [module] = (await Promise.all(own.map((entry) => modulesOf(OWN_FOLDER, entry)))).flat();
    if (module === undefined) {
      const modules = await modulesIn(OWN_FOLDER);
      throw unknownAnalysis(
        name,
        modules.map(({ pathname }) => pathname.split('/').at(-2) ?? ''),
      );
    }
    // Not by its URL: this pattern is one that the bundler of the command line follows.
    const loaded = (await import(`./${name}/${name}.analysis.js`)) as {
      readonly default?: unknown;
    };
    return checkAnalysis(name, loaded.default);
  }

  /** In the order of their names. */
  all(): readonly RegisteredAnalysis[] {
    return [...this.entries.values()].sort((a, b) => (a.analysis.name < b.analysis.name ? -1 : 1));
  }

  /** @throws Problem `unknown-analysis` */
  get(name: string): RegisteredAnalysis {
    const found = this.entries.get(name);
    if (found !== undefined) return found;
    throw unknownAnalysis(name, this.entries.keys());
  }
}

function unknownAnalysis(name: string, names: Iterable<string>): Problem {
  const near = nearNames(name, names);
  return new Problem(
    'unknown-analysis',
    `there is no analysis ${JSON.stringify(name)}${didYouMean(near)}`,
    {
      near,
    },
  );
}

/** A folder without an `.analysis` file is none of an analysis and is left alone. */
async function modulesIn(root: URL): Promise<URL[]> {
  const folders = await readdir(root, { withFileTypes: true });
  return (await Promise.all(folders.map((folder) => modulesOf(root, folder)))).flat();
}

async function modulesOf(root: URL, folder: Dirent): Promise<URL[]> {
  if (!folder.isDirectory()) return [];
  const modules: URL[] = [];
  for (const file of await readdir(new URL(`${folder.name}/`, root))) {
    const name = MODULE_NAME.exec(file)?.[1];
    if (name === undefined) continue;
    if (name !== folder.name) {
      throw new Error(`analysis ${folder.name}: ${file} must be named ${folder.name}.analysis.*`);
    }
    modules.push(new URL(`${folder.name}/${file}`, root));
  }
  return modules;
}
