#!/usr/bin/env node
import { Command, CommanderError } from 'commander';

import { BackupFault } from './backup/backup-fault.js';
import { addBackupCommands } from './cli/backup.commands.js';
import { configurationOfProcess } from './config/environment.js';
import { VERSION } from './http/version.js';

/** The command line: short-lived tasks, apart from the processes that serve. */
const program = new Command('almanac')
  .description('Datasets as a REST API, with queued analyses and plots: the command line')
  .version(VERSION, '-V, --version')
  .showHelpAfterError('(almanac --help lists the commands)')
  .exitOverride();

program
  .command('version')
  .description('print the version')
  .action(() => {
    process.stdout.write(`${VERSION}\n`);
  });
addBackupCommands(program, configurationOfProcess);

try {
  await program.parseAsync();
} catch (error) {
  // Commander has said what is wrong with the words of the call; help and version are no errors.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    const expected = error instanceof BackupFault;
    process.stderr.write(`almanac: ${expected ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
