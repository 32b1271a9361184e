// Bundles the command line: dist/cli.js and what it reads become a few files in dist/bin. A short task such as
// `almanac run` spends most of its time on reading the four hundred small files of the build and of its packages.
// API and worker are not bundled; they are long-lived, and their threads import single files of the build.
import { readFile, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const OUT = join(DIST, 'bin');

// Packages of many small files that a short task reads. The others stay where they are: native ones, those which
// read files of their own, and CommonJS that is imported when it is needed, whose names the bundler does not find.
const BUNDLED =
  /^(@duckdb\/node-api|class-validator|commander|csv-parse|fastest-levenshtein|lru-cache|reflect-metadata|secure-json-parse|validator)(\/|$)/;

/** What a module takes from its place stays so: `import.meta.url` is the URL that it has in the build. */
const places = {
  name: 'places',
  /** @param {import('esbuild').PluginBuild} build */
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^\.\.\/(main|worker)\.js$/ }, ({ path, resolveDir }) => {
      const program = join(resolveDir, path);
      if (dirname(program) !== DIST) return undefined;
      return { path: relative(OUT, program), external: true };
    });
    onResolve({ filter: /^[^./]/ }, ({ path }) =>
      BUNDLED.test(path) ? undefined : { path, external: true },
    );
    onLoad({ filter: /\.js$/ }, async ({ path }) => {
      if (!path.startsWith(DIST)) return undefined;
      const place = `new URL(${JSON.stringify(relative(OUT, path))}, import.meta.url).href`;
      const contents = (await readFile(path, 'utf8'))
        // Without its declaration, `require` is resolved by the bundler.
        .replace('const require = createRequire(import.meta.url);', '')
        .replaceAll('import.meta.url', place);
      return { contents };
    });
  },
};

await rm(OUT, { recursive: true, force: true });
await build({
  entryPoints: { almanac: join(DIST, 'cli.js') },
  outdir: OUT,
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  plugins: [places],
  // What is left of `require` in bundled packages and for packages that are not.
  banner: {
    js: `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);`,
  },
  chunkNames: 'chunk-[hash]',
  logLevel: 'warning',
});
