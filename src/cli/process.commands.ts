import type { Command } from 'commander';

/** `api` and `worker`: the processes that serve, as the image starts them. Settings are environment variables. */
export function addProcessCommands(program: Command): void {
  program
    .command('api')
    .alias('serve')
    .description('serve the API until it is stopped; PORT, HOST and REDIS_URL say where')
    .addHelpText('after', '\nExample:\n  PORT=5000 almanac api')
    .action(async () => {
      await import('../main.js');
    });
  program
    .command('worker')
    .description('take jobs from the queue until it is stopped')
    .option(
      '--drain',
      'end as soon as no job is left; with exit code 1 where Redis is away for 30 s',
    )
    .addHelpText('after', '\nExample:\n  WORKER_CONCURRENCY=4 almanac worker --drain')
    .action(async () => {
      await import('../worker.js');
    });
}
