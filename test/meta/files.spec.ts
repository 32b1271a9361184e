import { describe, expect, it } from '@jest/globals';

import { files, read } from './code-base.js';

const MOST_LINES = 250;

const sources = files(/^src\/.*\.ts$/);
const lines = (path: string): number => read(path).split('\n').length - 1;

describe('the source files', () => {
  it('are there', () => {
    expect(sources.length).toBeGreaterThan(100);
  });

  it(`have at most ${String(MOST_LINES)} lines`, () => {
    const long = sources
      .filter((path) => lines(path) > MOST_LINES)
      .map((path) => `${path}: ${String(lines(path))}`);
    expect(long).toEqual([]);
  });

  it('are no barrels', () => {
    const barrels = files(/\.(ts|mjs|js)$/).filter(
      (path) => /\/index\.\w+$/.test(path) || isBarrel(read(path)),
    );
    expect(barrels).toEqual([]);
  });

  it('stand in folders that say what is in them', () => {
    expect(files(/\/(utils?|helpers?|commons?|shared|misc)\//)).toEqual([]);
  });

  it('read the environment in src/config only', () => {
    const readers = sources
      .filter((path) => !path.startsWith('src/config/') && !path.endsWith('.spec.ts'))
      .filter((path) => readsEnvironment(read(path)));
    expect(readers).toEqual([]);
  });
});

describe('the Lua scripts', () => {
  const scripts = files(/^src\/.*\.lua$/);

  it('are there', () => {
    expect(scripts.length).toBeGreaterThan(10);
  });

  it.each(scripts)('%s begins with its keys, arguments and answers', (path) => {
    const script = read(path);
    const [header = ''] = /^(--\[\[.*?\]\]|(--.*\n)+)/s.exec(script) ?? [];
    expect(header).toMatch(/^\s*(--)?\s*KEYS\b/m);
    expect(header).toMatch(/^\s*(--)?\s*Returns\b/m);
    const code = script.slice(header.length);
    if (code.includes('ARGV')) expect(header).toMatch(/^\s*(--)?\s*ARGV\b/m);
    for (const number of numbersOf('KEYS', code)) expect(named('KEYS', header)).toContain(number);
    for (const number of numbersOf('ARGV', code)) expect(named('ARGV', header)).toContain(number);
  });
});

describe('all files', () => {
  /** Folders of somebody's machine. */
  const MACHINE_PATH = new RegExp(
    ['(?<![\\w.-])/(root|work|home/(?!src/)\\w+', 'Users/\\w+)/[\\w.-]'].join('|'),
  );

  it('name no path of a machine', () => {
    const naming = files().filter((path) => MACHINE_PATH.test(read(path)));
    expect(naming).toEqual([]);
  });

  it('leave open from which registry packages come', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved"|https?:\/\/[^"]*\.tgz/);
  });
});

/** Nothing but exports of what stands elsewhere. */
function isBarrel(source: string): boolean {
  const statements = source
    .replace(/\/\*.*?\*\/|\/\/.*$/gms, '')
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
  return (
    statements.length > 0 &&
    statements.every((one) => /^export\s+(type\s+)?(\*|\{[^}]*\})[^;]*\sfrom\s/s.test(one))
  );
}

/** Whether it takes something out of the environment; a variable may be set for a library. */
const readsEnvironment = (source: string): boolean =>
  /process\.env(?!\['\w+'\] = )/.test(source) || /import\s*\{[^}]*\benv\b/.test(source);

const numbersOf = (list: 'KEYS' | 'ARGV', code: string): number[] =>
  [...code.matchAll(new RegExp(`${list}\\[(\\d+)\\]`, 'g'))].map(([, number]) => Number(number));

/** The numbers that a header names: `KEYS[1] record`, or `ARGV  1 name   2 key`, over several lines. */
function named(list: 'KEYS' | 'ARGV', header: string): number[] {
  const [, rest = ''] = header.split(new RegExp(`^\\s*(?:--)?\\s*${list}\\b`, 'm'));
  const until = list === 'KEYS' ? /^\s*(--)?\s*(ARGV|Returns)\b/m : /^\s*(--)?\s*Returns\b/m;
  const part = `${list}${header.slice(header.indexOf(rest)).split(until)[0] ?? ''}`;
  return [...part.matchAll(/(?:\[|\s)(\d+)(?:\]|\s|\.\.)/g)].map(([, number]) => Number(number));
}
