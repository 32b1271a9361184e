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
  /** What the catalog declares; it applies as far as the file has such columns. */
  readonly declared: {
    readonly columns: Readonly<Record<string, GivenColumn>>;
    readonly key: string | null;
    readonly time: string | null;
  };
  readonly delimiter: string | null;
  readonly path: string | null;
  readonly threads: number;
  readonly memoryBytes: number;
}

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
}

export interface LoadOutcome {
  readonly schema: Schema;
  readonly report: LoadReport;
}

/**
 * The `schema` of a load: `{"mass (g)": "number", "year": {"type": "integer", "unit": "a"}}`.
 * @throws Problem `invalid-parameter`
 */
export function parseGivenColumns(text: string | undefined): Record<string, GivenColumn> {
  if (text === undefined) return {};
  const given = parseObject(text);
  const columns = Object.entries(given).map(([name, value]) => {
    const column = typeof value === 'string' ? { type: value } : value;
    return [name, checkColumn(name, column)];
  });
  return Object.fromEntries(columns) as Record<string, GivenColumn>;
}

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
