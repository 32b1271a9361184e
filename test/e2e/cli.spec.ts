import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from '@jest/globals';

import { manifest } from '../meta/code-base.js';
import { uniquePrefix } from '../support/processes.js';

/** The command line as its own process: what it prints, and how it ends. */
const folder = mkdtempSync(join(tmpdir(), 'almanac-cli-'));
const environment = {
  ...process.env,
  REDIS_URL: process.env['TEST_REDIS_URL'],
  KEY_PREFIX: uniquePrefix(),
  DATA_DIR: folder,
  BACKUP_DIR: join(folder, 'backups'),
};
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const run = (args: string[], env: Record<string, string> = {}) => {
  const options = { env: { ...environment, ...env }, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli.js', ...args], options);
  return { status, stdout, stderr };
};

describe('almanac', () => {
  it('prints its version', () => {
    expect(run(['version'])).toEqual({ status: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });

  it('takes a backup, lists it and verifies it', () => {
    const taken = run(['backup', '--keep', '2', '--verify', '--json']);
    const { name } = JSON.parse(taken.stdout) as { name: string };
    expect(run(['backups']).stdout).toContain(name);
    expect(run(['verify', name])).toMatchObject({ status: 0 });
    // The backup itself is noted in the Redis, which is therefore not empty.
    expect(run(['restore'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('--replace'),
    });
    expect(run(['restore', '--replace']).stdout).toContain(`${name}  restored`);
  });

  it.each([
    [['nonsense'], 2, /unknown command 'nonsense'/],
    [['backup', '--keep', 'x'], 2, /whole number/],
    [['verify', 'nothing'], 1, /there is no backup "nothing"/],
  ])('%j ends with %d and says why', (args, status, reason) => {
    const ended = run(args);
    expect(ended.status).toBe(status);
    expect(ended.stderr).toMatch(reason);
  });

  it('says so in one line when Redis is not there', () => {
    const ended = run(['backup'], { REDIS_URL: 'redis://127.0.0.1:1' });
    expect(ended).toMatchObject({ status: 1, stdout: '' });
    expect(ended.stderr.trim().split('\n')).toHaveLength(1);
  });
});
