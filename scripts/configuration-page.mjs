/**
 * docs/configuration.md, from the table of all settings (src/config/settings.ts).
 *
 * @typedef {object} Setting
 * @property {readonly string[]} env
 * @property {unknown} fallback
 * @property {string} description
 * @property {(text: string) => unknown} parse
 * @property {true} [secret]
 *
 * @param {Readonly<Record<string, Setting>>} settings
 * @returns {string}
 */
export function configurationPage(settings) {
  const rows = Object.values(settings).map(
    (setting) =>
      `| ${setting.env.map((name) => `\`${name}\``).join(', ')} | ${shownDefault(setting)} | ${shownKind(setting)} | ${setting.description} |`,
  );
  return `${HEAD}\n${rows.join('\n')}\n${FOOT}`;
}

const HEAD = `<!-- Made from src/config/settings.ts by \`node scripts/docs-configuration.mjs\`; edit the settings there. -->

# Configuration

Everything is set in the environment, for example \`PORT=8080 make run\`. An empty variable counts as not
set. Settings are checked at the start: all faults are printed at once, one a line, and the process ends with
exit code 1.

| Variable | Default | Kind | Meaning |
| --- | --- | --- | --- |`;

const FOOT = `
Sizes are whole numbers of bytes, or with a unit: \`KB\`, \`MB\`, \`GB\`, \`TB\` (powers of 1024). Durations are
whole numbers with a unit: \`ms\`, \`s\`, \`m\`, \`h\`, \`d\`. Settings marked _secret_ are never shown in messages.

## Redis

Almanac uses three databases of one server: 0 for datasets, 1 for queues and job records, 2 for results. The
three stores can also be three servers, or one server with other databases: \`REDIS_DATA_URL\`,
\`REDIS_QUEUE_URL\` and \`REDIS_RESULTS_URL\` name the database in their path. Redis Cluster is not supported.

A server of your own should run with \`appendonly yes\`, \`appendfsync always\` and
\`maxmemory-policy noeviction\`: then what was acknowledged is on disk. With \`appendfsync everysec\` a crash of
the machine may lose up to two seconds.

## What \`make run\` adds

When none of \`REDIS_URL\`, \`REDIS_HOST\`, \`REDIS_IP\` and \`REDIS_PORT\` is set, \`make run\` starts a Redis of its
own: on a free port, reachable from this machine only, with its data in \`redis\` below the data folder. It ends
when \`make run\` ends; the data stays. Log files are in \`logs\` below the data folder; one that is larger than
10 MB is renamed to \`<name>.log.1\` at the next start.

| Variable | Meaning |
| --- | --- |
| \`REDIS_SERVER\` | Path of the \`redis-server\` or \`valkey-server\` program; by default the first in \`PATH\`. |
| \`ALMANAC_NO_INSTALL\` | When set, a missing Redis is not installed; the start ends with a line that says so. |
`;

/** @param {Setting} setting */
function shownDefault(setting) {
  const { fallback } = setting;
  if (fallback === '' || (Array.isArray(fallback) && fallback.length === 0)) return 'none';
  if (typeof fallback !== 'number') return `\`${String(fallback)}\``;
  if (isSize(setting)) return `\`${inUnits(fallback, SIZES)}\``;
  if (isDuration(setting)) return `\`${inUnits(fallback, DURATIONS)}\``;
  return `\`${fallback}\``;
}

/** @param {Setting} setting */
function shownKind(setting) {
  return `${kind(setting)}${setting.secret === true ? ', secret' : ''}`;
}

/** @param {Setting} setting */
function kind(setting) {
  if (Array.isArray(setting.fallback)) return 'list';
  if (typeof setting.fallback === 'boolean') return '`true` or `false`';
  if (isSize(setting)) return 'size';
  if (isDuration(setting)) return 'duration';
  // What else there is, a setting says itself: the ends of a range, the choices.
  const expected = answer(setting, '\0');
  if (typeof expected !== 'string' || !expected.startsWith('expected ')) return 'text';
  return expected
    .replace('expected a whole number from', 'number,')
    .replace('expected one of ', '')
    .replaceAll(/\b[a-z]+(?=,|$)/g, (word) => (expected.includes('one of') ? `\`${word}\`` : word));
}

/** A setting does not name its type, but shows it: a size takes a unit of sizes.
 * @param {Setting} setting */
const isSize = (setting) => answer(setting, '1KB') === 1024;

/** @param {Setting} setting */
const isDuration = (setting) => answer(setting, '1h') === 3_600_000;

/**
 * @param {Setting} setting
 * @param {string} text
 * @returns {unknown} the value, or what was expected instead
 */
function answer(setting, text) {
  try {
    return setting.parse(text);
  } catch (error) {
    return /** @type {Error} */ (error).message;
  }
}

/** @type {[number, string][]} */
const SIZES = [
  [2 ** 40, 'TB'],
  [2 ** 30, 'GB'],
  [2 ** 20, 'MB'],
  [2 ** 10, 'KB'],
];

/** @type {[number, string][]} */
const DURATIONS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1000, 's'],
  [1, 'ms'],
];

/**
 * @param {number} value
 * @param {[number, string][]} units
 */
function inUnits(value, units) {
  const [factor, unit] = units.find(([size]) => value % size === 0 && value >= size) ?? [1, ''];
  return `${value / factor}${unit}`;
}
