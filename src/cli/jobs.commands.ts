import type { Command } from 'commander';

import type { Configuration } from '../config/configuration.js';
import { urlOption } from './data.commands.js';
import { wholeNumber } from './options.js';
import { UsageFault } from './usage-fault.js';

interface Calling {
  readonly url?: string;
  readonly json?: true;
}
interface Listing extends Calling {
  readonly status?: string;
  readonly analysis?: string;
  readonly dataset?: string;
  readonly limit: number;
}

/** `jobs`: the jobs of a running API. */
export function addJobsCommands(program: Command, configure: () => Configuration): void {
  const jobs = program.command('jobs').description('look at jobs of a running API, and steer them');
  jobs
    .command('list', { isDefault: true })
    .description('the newest jobs')
    .option('--status <status>', 'submitted, in_progress, complete, failed or cancelled')
    .option('--analysis <name>', 'only of this analysis')
    .option('--dataset <name>', 'only on this dataset')
    .option('--limit <n>', 'most jobs', wholeNumber, 20)
    .option('--json', 'print JSON')
    .addOption(urlOption())
    .allowExcessArguments()
    .action(async ({ url, json, ...query }: Listing, { args: [unknown] }: Command) => {
      if (unknown !== undefined) {
        const known = jobs.commands.map((command) => command.name()).join(', ');
        throw new UsageFault(`jobs has no command "${unknown}"; there are ${known}`);
      }
      const { listJobs } = await import('./service/jobs.js');
      await listJobs({ url, json }, query, configure());
    });
  jobs
    .command('show <id>')
    .description('one job, with the reason where it failed')
    .option('--json', 'print JSON')
    .addOption(urlOption())
    .action(async (id: string, calling: Calling) => {
      const { showJob } = await import('./service/jobs.js');
      await showJob(id, calling, configure());
    });
  jobs
    .command('wait <id>')
    .description('wait until a job is finished; exit code 1 where it did not complete')
    .option('--timeout <seconds>', 'longest wait', wholeNumber, 3600)
    .option('--json', 'print JSON')
    .addOption(urlOption())
    .action(async (id: string, { timeout, ...calling }: Calling & { timeout: number }) => {
      const { waitForJob } = await import('./service/jobs.js');
      await waitForJob(id, timeout, calling, configure());
    });
  jobs
    .command('cancel <id>')
    .description('cancel a job that waits or runs')
    .option('--json', 'print JSON')
    .addOption(urlOption())
    .action(async (id: string, calling: Calling) => {
      const { cancelJob } = await import('./service/jobs.js');
      await cancelJob(id, calling, configure());
    });
  jobs.addHelpText(
    'after',
    '\nExamples:\n  almanac jobs --status failed\n  almanac jobs wait 161207aa-9fe7-4caa-95b8-27f5bcbb16e7 --timeout 600',
  );
}
