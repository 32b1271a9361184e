import { parseArgs } from 'node:util';

/**
 * What stands behind the name of the program. `--drain`: work until the queues are empty, then end. What is not
 * known is printed and ends the process with exit code 1.
 */
export function workerArguments(): { readonly drain: boolean } {
  try {
    // `almanac worker --drain` has the name of the command before it.
    const args = process.argv.slice(2).filter((word, index) => index > 0 || word !== 'worker');
    const { values } = parseArgs({ args, options: { drain: { type: 'boolean', default: false } } });
    return values;
  } catch (error) {
    process.stderr.write(`almanac: ${(error as Error).message}; a worker knows --drain\n`);
    process.exit(1);
  }
}
