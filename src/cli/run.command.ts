import type { Command } from 'commander';

import type { Configuration } from '../config/configuration.js';
import { assignments } from './options.js';
import type { RunOptions } from './run/run-options.js';
import { UsageFault } from './usage-fault.js';

/** `run`: one analysis over one file, as a short-lived task. It needs no Redis and no service. */
export function addRunCommand(program: Command, configure: () => Configuration): void {
  program
    .command('run <analysis>')
    .description('run an analysis over a file or a literal, here and now: no service, no Redis')
    .option('-f, --filepath <file>', 'the data: any format that a dataset is loaded from')
    .option('-i, --input <literal>', 'the data themselves; a file wins where both are given')
    .option(
      '-p, --param <name=value>',
      'a parameter of the analysis; repeatable',
      assignments('bins=20'),
    )
    .option('--params <json>', 'all its parameters as one JSON object')
    .option(
      '--filter <column=value>',
      'which rows, such as mass__gt=10; repeatable',
      assignments('mass__gt=10'),
    )
    .option('--key <column>', 'column whose values address the records')
    .option('--path <path>', 'path of the records inside a document')
    .option('--schema <json>', 'types of columns, such as {"year": "integer"}')
    .option('--delimiter <text>', 'what stands between fields')
    .option('--dateformat <format>', 'how days and times are written, such as %d/%m/%Y')
    .option('-o, --out <file>', 'write a result there: plot.png, plot.svg, table.csv, …')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
LOG_LEVEL says what is told on standard error (info). Exit code 2: the call is at fault, 1: the data are.

Examples:
  almanac run describe -f data/example.json
  almanac run describe -i '{"min": [4, 3], "max": [6, 7]}'
  almanac run value-counts -f landings.csv -p column=recclass -p top=5 --json
  almanac run scatter -f landings.csv -p x=year -p y='mass (g)' -p yScale=log -o plot.png`,
    )
    .action(async (analysis: string, options: RunOptions) => {
      if (options.filepath === undefined && options.input === undefined) {
        throw new UsageFault(
          'You must provide a dataset via a file or directly as command line input: -f FILE or -i LITERAL',
        );
      }
      const { openEngine } = await import('../data/load/load-engine.js');
      const engine = openEngine(); // it starts on threads of its own, while the rest is read
      const { runTask } = await import('./run/run-task.js');
      await runTask(analysis, options, configure(), engine);
    });
}
