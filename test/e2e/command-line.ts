import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { uniquePrefix } from '../support/processes.js';

const PROGRAM = resolve('dist/bin/almanac.js');

/** Calls of the command line as its own process, with a folder and a key prefix of their own. */
export class CommandLine {
  readonly folder = mkdtempSync(join(tmpdir(), 'almanac-cli-'));
  readonly environment = {
    ...process.env,
    REDIS_URL: process.env['TEST_REDIS_URL'],
    KEY_PREFIX: uniquePrefix(),
    DATA_DIR: this.folder,
    BACKUP_DIR: join(this.folder, 'backups'),
    // For the scripts of `scriptOf`.
    NODE: process.execPath,
    CLI: PROGRAM,
  };

  readonly run = (args: string[], env: Record<string, string> = {}) => {
    const options = { env: { ...this.environment, ...env }, encoding: 'utf8' } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], options);
    return { status, stdout, stderr };
  };

  /** The calls which the help of a command shows. */
  readonly examplesOf = (command: string): string[] => {
    const found = this.run([command, '--help']).stdout.split(/^Examples?:$/m)[1] ?? '';
    const lines = found.split('\n').map((line) => line.trim());
    return lines.filter((line) => /^(?:[A-Z_]+=\S+ )*almanac /.test(line));
  };

  /** Runs such a call in a shell, in the folder. */
  readonly runExample = (example: string, env: Record<string, string> = {}) => {
    const script = `set -eo pipefail; almanac() { "$NODE" "$CLI" "$@"; }; ${example}`;
    const options = { cwd: this.folder, env: { ...this.environment, ...env } };
    return spawnSync('bash', ['-c', script], { ...options, encoding: 'utf8' });
  };

  remove(): void {
    rmSync(this.folder, { force: true, recursive: true });
  }
}
