import { describe, expect, it } from '@jest/globals';

import { read } from './code-base.js';

/** docs/systems.md against docs/api.md, which another test holds against the routes themselves. */
const page = read('docs/systems.md');
const METHOD = '(?:GET|PUT|POST|PATCH|DELETE)';
const named = [...page.matchAll(new RegExp(`\`(${METHOD} /[^\`]*)\``, 'g'))].map(
  ([, route = '']) => route,
);

describe('docs/systems.md', () => {
  it('names routes that exist', () => {
    const documented = [...read('docs/api.md').matchAll(/^\| `([A-Z]+ \/[^`]*)`/gm)].map(
      ([, route = '']) => route,
    );
    expect(named.length).toBeGreaterThan(50);
    expect([...new Set(named)].filter((route) => !documented.includes(route))).toEqual([]);
  });

  it('names commands that exist', () => {
    const commands = [...page.matchAll(/`almanac (\w+)[^`]*`/g)].map(([, command = '']) => command);
    const documented = read('docs/command-line.md');
    expect(commands.length).toBeGreaterThan(3);
    for (const command of commands) expect(documented).toContain(`\`${command}`);
  });

  it('has an answer or a reason for every item', () => {
    const cells = [...page.matchAll(/^\| ([F\d][\dF, to]*) \|/gm)].map(([, cell = '']) => cell);
    const [, deployment = ''] = /^Deployment \(([^)]*)\)/m.exec(page) ?? [];
    const items = new Set([...cells, deployment].flatMap(itemsOf));
    const lacking = Array.from({ length: 349 }, (_, i) => i + 1)
      .filter((item) => item <= 15 || item >= 41) // the list has none between them
      .filter((item) => !items.has(item));
    expect(lacking).toEqual([]);
    const faults = new Set(cells.join(', ').match(/\bF\d+\b/g));
    const all = Array.from({ length: 20 }, (_, i) => `F${String(i + 1)}`);
    expect(all.filter((fault) => !faults.has(fault))).toEqual([]);
  });
});

/** `1, 8 to 10` as numbers. */
const itemsOf = (cell: string): number[] =>
  cell.split(', ').flatMap((part) => {
    const [first = NaN, last = first] = part.split(' to ').map(Number);
    return Number.isNaN(first) ? [] : Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
