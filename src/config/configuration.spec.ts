import { describe, expect, it } from '@jest/globals';

import {
  ConfigurationError,
  isLoopback,
  parseConfiguration,
  requireRedis,
} from './configuration.js';
import { settings } from './settings.js';

const KEY = 'a key of sixteen'.replaceAll(' ', '-');

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    parseConfiguration(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
  return [];
}

describe('requireRedis', () => {
  const URLS = ['DATA', 'QUEUE', 'RESULTS'].map((name) => [`REDIS_${name}_URL`, 'redis://x']);
  it.each([
    [{}],
    [{ NODE_ENV: 'production', REDIS_URL: 'redis://x' }],
    [{ NODE_ENV: 'production', REDIS_IP: '10.0.0.1' }],
    [{ NODE_ENV: 'production', ...Object.fromEntries(URLS) }],
  ])('is content with %j', (environment: Record<string, string>) => {
    requireRedis(environment);
  });

  it.each([[{}], [{ REDIS_HOST: '' }], [Object.fromEntries(URLS.slice(1))]])(
    'asks for a server in production where there is %j',
    (environment: Record<string, string>) => {
      expect(() => {
        requireRedis({ NODE_ENV: 'production', ...environment });
      }).toThrow('REDIS_URL is not set');
    },
  );
});

describe('parseConfiguration', () => {
  it('gives every default where nothing is set', () => {
    const defaults = Object.entries(settings).map(([name, { fallback }]) => [name, fallback]);
    expect(parseConfiguration({})).toEqual(Object.fromEntries(defaults));
  });

  it('counts an empty variable as not set', () => {
    expect(parseConfiguration({ PORT: '', LOG_LEVEL: '' })).toMatchObject({
      port: 3000,
      logLevel: 'info',
    });
  });

  it('names every fault at once', () => {
    expect(
      faultsOf({ PORT: '70000', LOG_LEVEL: 'loud', JOB_TIMEOUT: '5', KEY_PREFIX: 'a b' }),
    ).toEqual([
      'PORT "70000": expected a whole number from 0 to 65535',
      'LOG_LEVEL "loud": expected one of trace, debug, info, warn, error, fatal, silent',
      'JOB_TIMEOUT "5": expected a duration such as 500ms, 30s, 5m or 7d',
      'KEY_PREFIX: expected 1 to 64 letters, digits, dots, dashes or underscores',
    ]);
  });

  it.each([
    ['1024', 1024],
    ['1KB', 1024],
    ['512mb', 512 * 2 ** 20],
    ['8 GB', 8 * 2 ** 30],
    ['1TB', 2 ** 40],
  ])('reads the size %s', (text, bytes) => {
    expect(parseConfiguration({ CACHE_BYTES: text }).cacheBytes).toBe(bytes);
  });

  it.each([
    ['500ms', 500],
    ['30s', 30_000],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['7d', 604_800_000],
  ])('reads the duration %s as milliseconds', (text, milliseconds) => {
    expect(parseConfiguration({ RESULT_TTL: text }).resultTtl).toBe(milliseconds);
  });

  it.each(['-1', '1.5', '10PB', 'GB', '1e9'])('refuses the size "%s"', (text) => {
    expect(faultsOf({ MAX_UPLOAD_BYTES: text })).toEqual([
      `MAX_UPLOAD_BYTES "${text}": expected a size such as 512MB or 8GB`,
    ]);
  });

  it.each([
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
  ])('reads the flag %s', (text, value) => {
    expect(parseConfiguration({ ALLOW_ANONYMOUS: text }).allowAnonymous).toBe(value);
  });

  it.each(['yes', 'TRUE', '2'])('refuses the flag "%s"', (text) => {
    expect(faultsOf({ ALLOW_ANONYMOUS: text })).toEqual([
      `ALLOW_ANONYMOUS "${text}": expected true or false`,
    ]);
  });

  it('takes REDIS_IP for REDIS_HOST, which comes first', () => {
    expect(parseConfiguration({ REDIS_IP: 'redis-db' }).redisHost).toBe('redis-db');
    expect(parseConfiguration({ REDIS_IP: 'a', REDIS_HOST: 'b' }).redisHost).toBe('b');
  });

  it('splits keys at commas and blanks', () => {
    const keys = [`${KEY}-1`, `${KEY}-2`, `${KEY}-3`];
    expect(parseConfiguration({ API_KEYS: `${KEY}-1, ${KEY}-2\n${KEY}-3,` }).apiKeys).toEqual(keys);
  });

  it.each(['0.0.0.0', '::', '192.168.1.5', 'almanac.example'])(
    'refuses to listen on %s where everyone may change the data',
    (host) => {
      expect(faultsOf({ HOST: host })).toEqual([expect.stringContaining(`HOST "${host}"`)]);
      expect(faultsOf({ HOST: host, API_KEYS: KEY })).toEqual([]);
      expect(faultsOf({ HOST: host, ALLOW_ANONYMOUS: 'true' })).toEqual([]);
    },
  );

  it('shows no secret in a fault', () => {
    const faults = faultsOf({
      API_KEYS: 'too-short',
      REDIS_URL: 'http://user:hidden@host',
      REDIS_DATA_URL: 'hidden',
    });
    expect(faults).toEqual([
      'API_KEYS: every key needs at least 16 characters',
      'REDIS_URL: expected redis://host:port or rediss://host:port',
      'REDIS_DATA_URL: expected redis://host:port or rediss://host:port',
    ]);
  });
});

describe('isLoopback', () => {
  it.each(['127.0.0.1', '127.8.8.8', 'localhost', '::1'])('is true for %s', (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  it.each(['0.0.0.0', '::', '10.0.0.1', '127.evil.example', ''])('is false for "%s"', (host) => {
    expect(isLoopback(host)).toBe(false);
  });
});
