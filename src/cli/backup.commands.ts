import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { InvalidArgumentError, type Command } from 'commander';

import { Backups } from '../backup/backups.js';
import type { Manifest } from '../backup/manifest.js';
import type { Configuration } from '../config/configuration.js';
import { duration } from '../config/setting.js';
import { print } from './print.js';

interface Printing {
  readonly json?: true;
}
interface BackupOptions extends Printing {
  readonly keep: number;
  readonly verify?: true;
  /** Milliseconds. */
  readonly every?: number;
}

/** `backup`, `backups`, `verify` and `restore`, of the Redis that the configuration names. */
export function addBackupCommands(program: Command, configure: () => Configuration): void {
  const backups = ({ backupDir }: Configuration): Backups => new Backups(backupDir);
  program
    .command('backup')
    .description('take a backup of all data, from a dump for which nothing has to wait')
    .option('--keep <n>', 'backups that stay, the oldest go', wholeNumber, 14)
    .option('--verify', 'restore it into a Redis of its own before it counts')
    .option('--every <time>', 'go on taking one at this interval, such as 6h', interval)
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  almanac backup --keep 14 --verify')
    .action((options: BackupOptions) => takeBackups(configure(), options));
  program
    .command('backups')
    .description('list the backups, the newest first')
    .option('--json', 'print JSON')
    .action(async ({ json }: Printing) => {
      const all = await backups(configure()).list();
      if (json === true) {
        print(JSON.stringify(all));
        return;
      }
      for (const { name, manifest } of all) {
        print(
          manifest === null ? `${name}  damaged: its manifest cannot be read` : lineOf(manifest),
        );
      }
    });
  program
    .command('verify [name]')
    .description('prove that a backup (the newest) can be restored, in a Redis of its own')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  almanac verify --json')
    .action(async (name: string | undefined, { json }: Printing) => {
      const configuration = configure();
      const folder = await backups(configuration).find(name);
      const { verifyBackup } = await import('../backup/verify.js');
      const manifest = await verifyBackup(folder, join(configuration.dataDir, 'scratch'));
      print(json === true ? JSON.stringify(manifest) : `${lineOf(manifest)}  verified`);
    });
  program
    .command('restore [name]')
    .description(
      'bring a backup (the newest) back into the Redis of the configuration, which must be empty',
    )
    .option('--replace', 'remove the data that are there first')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  almanac restore --replace')
    .action(async (name: string | undefined, options: Printing & { replace?: true }) => {
      const configuration = configure();
      const folder = await backups(configuration).find(name);
      const { restoreBackup } = await import('../backup/restore.js');
      const restored = await restoreBackup(folder, configuration, options.replace === true);
      const said = `${restored.manifest.name}  restored, ${String(restored.keys)} keys`;
      print(options.json === true ? JSON.stringify(restored) : said);
    });
}

/** One backup, or one after another: then a failure is said and the next is tried all the same. */
async function takeBackups(configuration: Configuration, options: BackupOptions): Promise<void> {
  const { keep, verify = false, every, json } = options;
  const { runBackup } = await import('../backup/run-backup.js');
  const backups = new Backups(configuration.backupDir);
  const take = async (): Promise<void> => {
    const { manifest } = await runBackup(configuration, backups, { keep, verify });
    print(json === true ? JSON.stringify(manifest) : lineOf(manifest));
  };
  if (every === undefined) return take();
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      stop.abort();
    });
  }
  while (!stop.signal.aborted) {
    await take().catch((error: unknown) => {
      process.stderr.write(`almanac: ${error instanceof Error ? error.message : String(error)}\n`);
    });
    await sleep(every, undefined, { signal: stop.signal }).catch(() => undefined);
  }
}

function lineOf({ name, dumps, inventory }: Manifest): string {
  const megabytes = dumps.reduce((sum, { bytes }) => sum + bytes, 0) / 2 ** 20;
  const { datasets, openJobs } = inventory;
  return `${name}  ${megabytes.toFixed(1)} MB  ${String(datasets.length)} datasets  ${String(openJobs)} open jobs`;
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number, 1 or more.');
}

/** In milliseconds. */
function interval(text: string): number {
  try {
    const parsed = duration({ env: 'every', fallback: 0, description: '' }).parse(text);
    if (parsed >= 1000 && parsed < 2 ** 31) return parsed;
  } catch {
    // said below
  }
  throw new InvalidArgumentError('It must be a time from 1s to 24d, such as 30m or 6h.');
}
