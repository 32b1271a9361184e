import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Root folder of the project; jest runs there. */
const ROOT = process.cwd();

/** Folders of the project, without what is installed, built or stored. */
const FOLDERS = ['.ci', '.github', 'bench', 'docs', 'scripts', 'src', 'test'];
const ROOT_FILES = /^(Makefile|LICENSE|\.[\w.]+rc(\.json)?|.*\.(md|json|[mc]?js))$/;
const BINARY = /\.(png|gz|parquet)$/;

export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

export interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}
export const manifest = JSON.parse(read('package.json')) as Manifest;

/** The paths of all text files of the project that match, with forward slashes, sorted. */
export function files(matching = /./): string[] {
  const inRoot = readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isFile() && ROOT_FILES.test(entry.name))
    .map(({ name }) => name);
  return [...inRoot, ...FOLDERS.flatMap(below)]
    .filter((path) => matching.test(path) && !BINARY.test(path))
    .sort();
}

/** The same of what deploys Almanac: the folders charts and docker, which other checks read. */
export const deploymentFiles = (matching: RegExp): string[] =>
  ['charts', 'docker'].flatMap(below).filter((path) => matching.test(path));

function below(folder: string): string[] {
  try {
    return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? below(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`],
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []; // a folder that is not there yet
    throw error;
  }
}

/** What starts like Markdown's reference of this name: a row of a table. */
export const hasRow = (page: string, name: string): boolean =>
  page.split('\n').some((line) => line.startsWith(`| \`${name}\``) && /\|[^|]*\w/.test(line));
