import { parseConfiguration, ConfigurationError, type Configuration } from './configuration.js';

/**
 * The configuration of this process, from its environment. Called once, by an entry point. Faults are
 * printed, all at once, and end the process with exit code 1.
 */
export function configurationOfProcess(): Configuration {
  try {
    return parseConfiguration(process.env);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    for (const fault of error.faults) process.stderr.write(`almanac: ${fault}\n`);
    process.exit(1);
  }
}

/** The environment for a child process: that of this one, and what is added. */
export const environmentWith = (
  added: Readonly<Record<string, string>>,
): Record<string, string | undefined> => ({ ...process.env, ...added });
