#!/usr/bin/env node
import { Command, CommanderError } from 'commander';

import { addBackupCommands } from './cli/backup.commands.js';
import { addDataCommands } from './cli/data.commands.js';
import { addGenerateCommand } from './cli/generate.command.js';
import { addJobsCommands } from './cli/jobs.commands.js';
import { addProcessCommands } from './cli/process.commands.js';
import { addRunCommand } from './cli/run.command.js';
import { TaskFault, UsageFault } from './cli/usage-fault.js';
import { configurationOfProcess } from './config/environment.js';
import { Problem } from './errors/problem.js';
import { VERSION } from './http/version.js';

/** Problems of `run` that the words of the call are at fault for, whatever the data are. */
const OF_THE_CALL = ['unknown-analysis', 'unknown-parameter', 'invalid-parameter'];

/**
 * The command line: short-lived tasks, and the processes that serve. What a command needs is loaded when it runs,
 * so that each starts at once.
 */
const program = new Command('almanac')
  .description('Datasets as a REST API, with queued analyses and plots: the command line')
  .version(VERSION, '-V, --version')
  .showHelpAfterError('(almanac --help lists the commands)')
  .exitOverride();

program
  .command('version')
  .description('print the version')
  .option('--json', 'print JSON')
  .action(({ json }: { json?: true }) => {
    process.stdout.write(
      json === true ? `${JSON.stringify({ version: VERSION })}\n` : `${VERSION}\n`,
    );
  });
addRunCommand(program, configurationOfProcess);
addDataCommands(program, configurationOfProcess);
addJobsCommands(program, configurationOfProcess);
addGenerateCommand(program);
addProcessCommands(program);
addBackupCommands(program, configurationOfProcess);

sayWhoHelps(program, 'almanac');

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever reads has seen enough, as `head` has.
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

/** A call that is wrong is told which `--help` shows what is right. */
function sayWhoHelps(command: Command, call: string): void {
  for (const one of command.commands) {
    one.showHelpAfterError(`(${call} ${one.name()} --help shows how)`);
    sayWhoHelps(one, `${call} ${one.name()}`);
  }
}

/** Says what is wrong, in one line where that was to be expected. */
function exitCodeOf(error: unknown): number {
  // Commander has said what is wrong with the words of the call; help and version are no errors.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const expected =
    error instanceof Problem || error instanceof TaskFault || error instanceof UsageFault;
  // A BackupFault is known by its name, so that backups need not be loaded for it.
  const told = expected || (error instanceof Error && error.name === 'BackupFault');
  process.stderr.write(`almanac: ${told ? error.message : String(error)}\n`);
  const ofTheCall = error instanceof Problem && OF_THE_CALL.includes(error.code);
  return error instanceof UsageFault || ofTheCall ? 2 : 1;
}
