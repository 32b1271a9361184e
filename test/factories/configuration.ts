import { parseConfiguration, type Configuration } from '../../src/config/configuration.js';

/** The default configuration on the Redis of the run, with a prefix of its own. */
export function testConfiguration(
  prefix: string,
  changes: Partial<Configuration> = {},
): Configuration {
  const environment = { REDIS_URL: process.env['TEST_REDIS_URL'], KEY_PREFIX: prefix };
  return { ...parseConfiguration(environment), ...changes };
}
