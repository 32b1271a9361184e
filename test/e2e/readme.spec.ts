import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { ROOT } from '../support/guarded-process.js';
import { commandBlocks, type CommandBlock } from './readme/commands.js';
import { differences, missingLines } from './readme/matching.js';
import type { Outcome } from './readme/shell-session.js';
import { Tour } from './readme/tour.js';

const read = (page: string): string => readFileSync(join(ROOT, page), 'utf8');
const readme = read('README.md');
const LONGEST_BLOCK = 120_000;

let tour: Tour;

beforeAll(async () => {
  tour = await Tour.begin();
});

afterAll(async () => {
  await tour.end();
});

describe('the README, followed from the top', () => {
  followAll(readme);

  it('leaves two pictures of the size that it names, and nothing else', () => {
    const [, width, height] = /(\d+) x (\d+) pixels/.exec(readme) ?? [];
    expect(tour.left).toHaveLength(2);
    for (const name of tour.left) {
      const size = pngSize(readFileSync(join(tour.folder, name)));
      expect(size).toEqual([Number(width), Number(height)]);
    }
  });
});

describe('docs/api.md, followed after it', () => {
  it(
    'finds the data again when Almanac is started again',
    () => tour.run('make run'),
    LONGEST_BLOCK,
  );
  followAll(read('docs/api.md'));
});

function followAll(page: string): void {
  for (const block of commandBlocks(page)) {
    const [first = ''] = block.commands[0]?.split('\n') ?? [];
    it(`line ${String(block.line)}: ${first}`, () => follow(block), LONGEST_BLOCK);
  }
}

async function follow({ commands, json, text }: CommandBlock): Promise<void> {
  let outcome: Outcome | undefined;
  for (const [index, command] of commands.entries()) {
    outcome = await tour.run(command);
    const problem = index === commands.length - 1 ? shownProblem(json) : undefined;
    expect({ command, ...outcome, faults: faultsOf(outcome, problem) }).toEqual({
      command,
      ...outcome,
      code: 0,
      faults: [],
    });
  }
  const output = outcome?.stdout ?? '';
  if (json !== undefined) expect(differences(json, JSON.parse(output))).toEqual([]);
  if (text === undefined) return;
  const missing = missingLines(tour.withOwnPorts(text), output);
  expect({ missing, output }).toEqual({ missing: [], output });
}

/** The HTTP status of the problem document that the page shows, if it shows one. */
function shownProblem(json: unknown): number | undefined {
  if (typeof json !== 'object' || json === null || !('code' in json)) return undefined;
  return (json as { status?: number }).status;
}

/** The answers that the page does not lead one to expect. */
const faultsOf = ({ answers }: Outcome, problem: number | undefined): Outcome['answers'] =>
  answers.filter(({ status, type }) =>
    problem === undefined
      ? status < 200 || status > 299 || type.includes('problem')
      : status !== problem,
  );

/** Width and height of a PNG, from its header. */
function pngSize(bytes: Buffer): [number, number] {
  expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}
