import { didYouMean, nearNames } from '../../errors/near.js';
import { Problem, type FieldFault } from '../../errors/problem.js';
import { ROW_ID, type Schema } from '../schema.js';
import type { Values } from '../store/edit-log.js';
import { EXPECTED, textOfJson, textOfText } from '../values.js';
import type { JsonRecord } from './record-json.js';

/**
 * The values of a record that a caller sent, checked against the columns: all faults at once.
 * @param path where the record stands in the body, such as `records[3].`
 * @throws Problem `invalid-body`, `unknown-column`, `invalid-parameter`
 */
export function valuesOfRecord(schema: Schema, record: JsonRecord, path = ''): Values {
  return changedValues(schema, [], record, path);
}

/**
 * The values of a record with some columns changed; the others stay as they are, to the digit.
 * @throws Problem `unknown-column`, `invalid-parameter`
 */
export function changedValues(
  schema: Schema,
  before: Values,
  changes: JsonRecord,
  path = '',
): Values {
  checkNames(schema, changes, path);
  const faults: FieldFault[] = [];
  const values = schema.columns.map(({ name, type }, index) => {
    if (!Object.hasOwn(changes, name)) return before[index] ?? null;
    const text = textOfJson(type, changes[name]);
    if (text === undefined)
      faults.push({ field: path + name, message: `must be ${EXPECTED[type]}` });
    return text ?? null;
  });
  if (faults.length === 0) return values;
  const detail = faults.map(({ field, message }) => `${field}: ${message}`).join('; ');
  throw new Problem('invalid-parameter', detail, { errors: faults });
}

function checkNames(schema: Schema, record: JsonRecord, path: string): void {
  const names = schema.columns.map(({ name }) => name);
  for (const name of Object.keys(record)) {
    if (names.includes(name) || (name === ROW_ID && schema.key === ROW_ID)) continue;
    const near = nearNames(name, names);
    const hint = didYouMean(near.slice(0, 1).map((one) => `"${one}"`));
    throw Problem.field('unknown-column', path + name, `there is no such column${hint}`, { near });
  }
}

const MAX_ID = 500;

/**
 * The id that a record's own key gives it; null where the service numbers the records.
 * @throws Problem `invalid-parameter` where the key is missing
 */
export function idOfValues(schema: Schema, values: Values, path = ''): string | null {
  if (schema.key === ROW_ID) return null;
  const id = values[schema.columns.findIndex(({ name }) => name === schema.key)];
  if (typeof id === 'string' && id !== '' && id.length <= MAX_ID) return id;
  const why =
    typeof id === 'string' && id !== ''
      ? `must have at most ${String(MAX_ID)} characters: it is the key`
      : 'must be given: it is the key';
  throw Problem.field('invalid-parameter', path + schema.key, why);
}

/** An id from a URL in the form in which it is kept; null where it cannot be one of this dataset. */
export function canonicalId(schema: Schema, id: string): string | null {
  const type = schema.columns.find(({ name }) => name === schema.key)?.type ?? 'integer';
  if (type === 'integer' && !Number.isSafeInteger(Number(id))) return null; // such as 1e+300
  return textOfText(type, id) === id ? id : null;
}

/** A JSON object from an untrusted body. */
export function asRecord(value: unknown, path: string): JsonRecord {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as JsonRecord;
  }
  throw new Problem('invalid-body', `${path} must be a JSON object, one record`);
}
