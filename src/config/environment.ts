import {
  ConfigurationError,
  parseConfiguration,
  requireRedis,
  type Configuration,
} from './configuration.js';

/**
 * The configuration of this process, from its environment. Called once, by an entry point. Faults are
 * printed, all at once, and end the process with exit code 1.
 */
export const configurationOfProcess = (): Configuration =>
  orEnd(() => parseConfiguration(process.env));

/** The same for a process that serves, and is nothing without Redis. */
export const configurationOfServer = (): Configuration =>
  orEnd(() => {
    const configuration = parseConfiguration(process.env);
    requireRedis(process.env);
    return configuration;
  });

function orEnd(read: () => Configuration): Configuration {
  try {
    return read();
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
