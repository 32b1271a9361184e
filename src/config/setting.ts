/** One setting, and how the text of its environment variable becomes a value of its kind. */
export interface Setting<T> {
  readonly env: readonly [string, ...string[]];
  readonly fallback: T;
  readonly description: string;
  /** Turns the text of the environment into a value; throws an Error which says what was expected. */
  readonly parse: (text: string) => T;
  readonly secret?: true;
}

interface Description<T> {
  env: string | readonly [string, ...string[]];
  fallback: T;
  description: string;
  secret?: true;
}

const setting = <T>(parse: (text: string) => T, { env, ...rest }: Description<T>): Setting<T> => ({
  parse,
  ...rest,
  env: typeof env === 'string' ? [env] : env,
});

export const text = (d: Description<string>): Setting<string> => setting((value) => value, d);

export const list = (d: Description<readonly string[]>): Setting<readonly string[]> =>
  setting((value) => value.split(/[\s,]+/).filter((item) => item !== ''), d);

/** @param aliases other words for some of the options; case does not matter */
export const choice = <T extends string>(
  options: readonly T[],
  d: Description<T>,
  aliases: Readonly<Record<string, T>> = {},
): Setting<T> =>
  setting((value) => {
    const said = value.toLowerCase();
    const found = options.find((option) => option === (aliases[said] ?? said));
    if (found === undefined) throw new Error(`expected one of ${options.join(', ')}`);
    return found;
  }, d);

export const flag = (d: Description<boolean>): Setting<boolean> =>
  setting((value) => {
    if (value === 'true' || value === '1') return true;
    if (value === 'false' || value === '0') return false;
    throw new Error('expected true or false');
  }, d);

export const integer = (min: number, max: number, d: Description<number>): Setting<number> =>
  setting((value) => {
    const parsed = Number(value);
    if (/^\d+$/.test(value) && parsed >= min && parsed <= max) return parsed;
    throw new Error(`expected a whole number from ${String(min)} to ${String(max)}`);
  }, d);

const UNITS = { '': 1, KB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30, TB: 2 ** 40 } as const;

export const bytes = (d: Description<number>): Setting<number> =>
  setting((value) => {
    const match = /^(\d+)\s*(|KB|MB|GB|TB)$/i.exec(value);
    if (match === null) throw new Error('expected a size such as 512MB or 8GB');
    return Number(match[1]) * UNITS[(match[2] ?? '').toUpperCase() as keyof typeof UNITS];
  }, d);

const SECONDS = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86400 } as const;

/**
 * A duration; the value is in milliseconds.
 * @param least in milliseconds, too
 */
export const duration = (d: Description<number>, least = 0): Setting<number> =>
  setting((value) => {
    const match = /^(\d+)\s*(ms|s|m|h|d)$/.exec(value);
    if (match === null) throw new Error('expected a duration such as 500ms, 30s, 5m or 7d');
    const ms = Math.round(Number(match[1]) * SECONDS[match[2] as keyof typeof SECONDS] * 1000);
    if (ms < least) throw new Error(`expected ${String(least / 1000)}s or more`);
    return ms;
  }, d);
