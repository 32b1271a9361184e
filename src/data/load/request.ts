import { columnTypes, type ColumnType, type Schema } from '../schema.js';
import { Problem } from '../../errors/problem.js';
import type { Reject } from './source.js';

/** What the loader process is asked to do. Plain data: it crosses a process boundary. */
export interface LoadRequest {
  /** The spooled upload, decompressed. */
  readonly input: string;
  /** The generation file to make. */
  readonly output: string;
  /** Name of the format, or null where the content tells. */
  readonly format: string | null;
  readonly key: string | null;
  readonly columns: Readonly<Record<string, GivenColumn>>;
  /** Names of all columns in their order, where the schema of an export was given; else none. */
  readonly expected: readonly string[];
  /** What the catalog declares; it applies as far as the file has such columns. */
  readonly declared: {
    readonly columns: Readonly<Record<string, GivenColumn>>;
    readonly key: string | null;
    readonly time: string | null;
    /** Module that exports a format of its own by default: `DeclaredFormat`. */
    readonly format?: string;
  };
  readonly delimiter: string | null;
  readonly path: string | null;
  /** How dates and times are written, as in `strptime`, or `epoch_s`, `epoch_ms`. */
  readonly dateformat: string | null;
  /** What becomes of a load some of whose rows do not fit. */
  readonly onError: OnError;
  /** Whether the file is UTF-8 without NUL, as its spool has seen. */
  readonly plainText: boolean;
  /** The encoding that a media type said. */
  readonly charset: string | null;
  /** Largest content after decompression, in bytes. */
  readonly maxBytes: number;
  readonly threads: number;
  readonly memoryBytes: number;
}

/** What a request says where nothing is known of the file, and no limits. */
export const UNSPECIFIC = {
  format: null,
  key: null,
  columns: {},
  expected: [],
  declared: { columns: {}, key: null, time: null },
  delimiter: null,
  path: null,
  dateformat: null,
  onError: 'quarantine',
  charset: null,
} as const satisfies Partial<LoadRequest>;

export const ON_ERROR = ['quarantine', 'fail'] as const;
export type OnError = (typeof ON_ERROR)[number];

/** What a user says of a column beforehand. */
export interface GivenColumn {
  readonly type?: ColumnType;
  readonly unit?: string;
  readonly description?: string;
}

/** What a load found and did, kept with the dataset. */
export interface LoadReport {
  readonly format: string;
  readonly rows: number;
  readonly refused: number;
  /** The first refused rows. */
  readonly rejects: readonly Reject[];
  /** Values that became null, by column. */
  readonly coerced: Readonly<Record<string, number>>;
  /** Column names that had to change: new name to old. */
  readonly renamed: Readonly<Record<string, string>>;
  readonly found: Readonly<Record<string, unknown>>;
  readonly seconds: number;
  /** The job that loaded it, where one did. */
  readonly job?: string;
  /** Where it was fetched from, and what the server said of the content. */
  readonly source?: LoadSource;
}

export interface LoadSource {
  readonly url: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export interface LoadOutcome {
  readonly schema: Schema;
  readonly report: LoadReport;
  /** The refused rows that are kept. */
  readonly rejects: readonly Reject[];
}

export interface GivenSchema {
  /** Names of all columns in their order, where the schema is that of an export; else none. */
  readonly expected: readonly string[];
  readonly columns: Readonly<Record<string, GivenColumn>>;
  readonly key: string | null;
  readonly time: string | null;
}

/**
 * The `schema` of a load: `{"mass (g)": "number", "year": {"type": "integer", "unit": "a"}}`, or the
 * schema that an export has given: `{"columns": [{"name", "type", ...}], "key", "time"}`.
 * @throws Problem `invalid-parameter`
 */
export function parseGivenSchema(text: string | undefined): GivenSchema {
  if (text === undefined) return { columns: {}, expected: [], key: null, time: null };
  const given = parseObject(text);
  if (Array.isArray(given['columns'])) return parseExported(given, given['columns']);
  const columns = Object.entries(given).map(([name, value]) => {
    const column = typeof value === 'string' ? { type: value } : value;
    return [name, checkColumn(name, column)];
  });
  return { columns: toColumns(columns), expected: [], key: null, time: null };
}

function parseExported(given: Record<string, unknown>, list: unknown[]): GivenSchema {
  const columns = list.map((column): [string, unknown] => {
    const { name, ...rest } = (column ?? {}) as Record<string, unknown>;
    if (typeof name === 'string') return [name, checkColumn(name, rest)];
    throw Problem.field('invalid-parameter', 'schema.columns', 'every column needs a name');
  });
  const name = (field: 'key' | 'time'): string | null => {
    const value = given[field] ?? null;
    if (value === null || typeof value === 'string') return value;
    throw Problem.field('invalid-parameter', `schema.${field}`, 'must be the name of a column');
  };
  return {
    columns: toColumns(columns),
    expected: [...new Set(columns.map(([column]) => column))],
    key: name('key'),
    time: name('time'),
  };
}

const toColumns = (entries: unknown[][]): Record<string, GivenColumn> =>
  Object.fromEntries(entries) as Record<string, GivenColumn>;

function parseObject(text: string): Record<string, unknown> {
  try {
    const given = JSON.parse(text) as unknown;
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) {
      return given as Record<string, unknown>;
    }
  } catch {
    // said below: text that is no JSON and JSON that is no object get the same answer
  }
  throw Problem.field('invalid-parameter', 'schema', 'must be a JSON object of column names');
}

function checkColumn(name: string, column: unknown): GivenColumn {
  const field = `schema.${name}`;
  const fail = (message: string): Problem => Problem.field('invalid-parameter', field, message);
  if (typeof column !== 'object' || column === null) throw fail('must be a type or an object');
  for (const [key, value] of Object.entries(column as Record<string, unknown>)) {
    if (!['type', 'unit', 'description'].includes(key)) {
      throw fail(`has no "${key}"; it may hold type, unit and description`);
    }
    if (typeof value !== 'string') throw fail(`${key} must be text`);
    if (key === 'type' && !columnTypes.some((type) => type === value)) {
      throw fail(`"${value}" is not a type; expected one of ${columnTypes.join(', ')}`);
    }
  }
  return column;
}
