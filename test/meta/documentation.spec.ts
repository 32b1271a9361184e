import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { problems } from '../../src/errors/problems.js';
import { files, hasRow, manifest, read } from './code-base.js';

const pages = files(/^(?!test\/|src\/).*\.md$/);

describe('docs/architecture.md', () => {
  const page = read('docs/architecture.md');
  const used = { ...manifest.dependencies, ...manifest.devDependencies };

  it.each(Object.keys(used))('has the reason for %s', (name) => {
    expect(hasRow(page, name)).toBe(true);
  });

  it('has no reason for what is not used', () => {
    const tables = page.slice(page.indexOf('## Dependencies'));
    const named = [...tables.matchAll(/^\| `([^`]+)`/gm)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in used))).toEqual([]);
  });
});

describe('CHANGELOG.md', () => {
  it('has an entry for the version of package.json', () => {
    expect(read('CHANGELOG.md')).toMatch(
      new RegExp(
        `^## \\[${manifest.version.replaceAll('.', '\\.')}\\] - (\\d{4}-\\d{2}-\\d{2})$`,
        'm',
      ),
    );
  });
});

describe('docs/api.md', () => {
  const page = read('docs/api.md');

  it.each(Object.entries(problems))('names the problem %s with its status', (code, { status }) => {
    expect(page).toMatch(new RegExp(`^\\| ${String(status)} .*\`${code}\``, 'm'));
  });
});

describe('the pages', () => {
  it.each(pages)('%s leads to files and headings that are there', (path) => {
    const links = [...read(path).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    const broken = links
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => !leads(path, target));
    expect(broken).toEqual([]);
  });

  it('show pictures that are small', () => {
    const pictures = pages.flatMap((path) =>
      [...read(path).matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, target = '']) =>
        join(dirname(path), target),
      ),
    );
    expect(pictures.length).toBeGreaterThan(0);
    for (const picture of pictures) {
      expect(readFileSync(picture).length).toBeLessThan(250 * 1024);
    }
  });
});

function leads(from: string, target: string): boolean {
  const [file = '', heading] = target.split('#');
  const path = file === '' ? from : join(dirname(from), file);
  if (!existsSync(path)) return false;
  return heading === undefined || headingsOf(read(path)).includes(heading);
}

/** Headings as addresses: lower case, words joined by dashes. */
const headingsOf = (page: string): string[] =>
  [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .trim()
      .replace(/\s+/g, '-'),
  );
