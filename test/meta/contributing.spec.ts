import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

import { read } from './code-base.js';

/** The files that a page shows as examples: TypeScript whose first line names the file. */
const examples = new Map(
  [...read('CONTRIBUTING.md').matchAll(/^```ts\n\/\/ (src\/\S+)\n(.*?)^```$/gms)].map(
    ([, path = '', source = '']) => [join(process.cwd(), path), source],
  ),
);

describe('the examples of CONTRIBUTING.md', () => {
  it('are an analysis and a dataset', () => {
    const names = [...examples.keys()].map((path) => path.replace(/^.*\//, ''));
    expect(names).toEqual([
      expect.stringMatching(/\.analysis\.ts$/),
      expect.stringMatching(/\.dataset\.ts$/),
    ]);
  });

  it('have no errors of types', () => {
    const { config } = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path)) as {
      config: unknown;
    };
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
    const host = ts.createCompilerHost(options);
    const fileExists = host.fileExists.bind(host);
    const readFile = host.readFile.bind(host);
    host.fileExists = (path) => examples.has(path) || fileExists(path);
    host.readFile = (path) => examples.get(path) ?? readFile(path);
    const program = ts.createProgram([...examples.keys()], { ...options, noEmit: true }, host);
    const faults = [...examples.keys()].flatMap((path) => {
      const file = program.getSourceFile(path);
      return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    });
    expect(
      faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
    ).toEqual([]);
  });
});
