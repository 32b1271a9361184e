import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterAll, describe, expect, it } from '@jest/globals';

import { AnalysisRegistry } from './registry.js';

const analysis = (name: string, rest = 'query() {}, compute() {}'): string =>
  `export default { name: '${name}', title: 'T', description: 'D', params: class {}, example: {}, ${rest} };`;

describe('the registry of analyses', () => {
  const roots: string[] = [];
  afterAll(() => {
    for (const root of roots) rmSync(root, { recursive: true });
  });
  /** A folder of analyses: path of each file -> its text. */
  const folder = (files: Record<string, string>): URL => {
    const root = mkdtempSync(join(tmpdir(), 'almanac-registry-'));
    roots.push(root);
    writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(root, path, '..'), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return new URL(`${pathToFileURL(root).href}/`);
  };
  const names = (registry: AnalysisRegistry) =>
    registry.all().map(({ analysis: { name } }) => name);

  it('finds the analyses beside it', async () => {
    expect(names(await AnalysisRegistry.load())).toEqual(
      expect.arrayContaining(['describe', 'value-counts']),
    );
  });

  it('finds an analysis that is one more folder, and leaves other folders alone', async () => {
    const more = folder({
      'one-more/one-more.analysis.js': analysis('one-more'),
      'one-more/one-more.analysis.spec.js': 'throw new Error()',
      'helpers/figures.js': 'throw new Error()',
    });
    expect(names(await AnalysisRegistry.load([more]))).toEqual(['one-more']);
  });

  it('names what looks like an unknown analysis', async () => {
    const registry = await AnalysisRegistry.load([
      folder({ 'box/box.analysis.js': analysis('box') }),
    ]);
    expect(() => registry.get('boks')).toThrow(
      expect.objectContaining({ code: 'unknown-analysis', extras: { near: ['box'] } }),
    );
  });

  it('refuses two analyses of one name', async () => {
    const files = { 'box/box.analysis.js': analysis('box') };
    await expect(AnalysisRegistry.load([folder(files), folder(files)])).rejects.toThrow(
      /analysis box: also in .*box\.analysis\.js; rename one/,
    );
  });

  const faults: [string, Record<string, string>, string][] = [
    [
      'a name that is not its folder’s',
      { 'a/a.analysis.js': analysis('b') },
      "its name is b; it must be its folder's",
    ],
    [
      'a file that is not named like its folder',
      { 'a/b.analysis.js': '' },
      'b.analysis.js must be named a.analysis.*',
    ],
    [
      'a module without a default export',
      { 'a/a.analysis.js': 'export {};' },
      'must export defineAnalysis({...}) by default',
    ],
    ['a missing step', { 'a/a.analysis.js': analysis('a', 'query() {}') }, 'compute is missing'],
    [
      'an awkward name',
      { 'A_b/A_b.analysis.js': analysis('A_b') },
      'lower-case words joined by dashes',
    ],
    [
      'an example that its parameters refuse',
      { 'a/a.analysis.js': analysis('a').replace('example: {}', 'example: { x: 1 }') },
      'example.x: unknown parameter',
    ],
  ];
  it.each(faults)('refuses %s, and says what to mend', async (_what, files, message) => {
    await expect(AnalysisRegistry.load([folder(files)])).rejects.toThrow(message);
  });
});
