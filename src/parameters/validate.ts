import type { ValidationError } from 'class-validator';
import { parse } from 'secure-json-parse';

import { didYouMean, nearNames } from '../errors/near.js';
import { Problem, type FieldFault } from '../errors/problem.js';
import { fieldsOf, type Field } from './field-schema.js';
import { getMetadataStorage, Validator } from './validators.js';

const validator = new Validator();

export type ParameterClass<T extends object> = new () => T;

/**
 * A checked instance of a parameter class from untrusted JSON: defaults are filled in, unknown
 * fields and wrong values are refused, all wrong values at once.
 * @param path where the fields stand in the request, such as `params.`
 * @throws Problem `invalid-body`, `unknown-parameter` or `invalid-parameter`
 */
export function validateJson<T extends object>(
  parameters: ParameterClass<T>,
  input: unknown,
  path = '',
): T {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    const where = path === '' ? 'the body' : path.replace(/\.$/, '');
    throw new Problem('invalid-body', `${where} must be a JSON object`);
  }
  return check(parameters, input as Record<string, unknown>, path);
}

/**
 * The same from the text values of a query string: numbers and booleans are read from their text;
 * a field of several values takes commas or repetition, an object JSON.
 */
export function validateQuery<T extends object>(
  parameters: ParameterClass<T>,
  query: Readonly<Record<string, string | string[]>>,
): T {
  const read = Object.entries(query).map(([name, value]) => {
    const found = fieldsOf(parameters).find((field) => field.name === name);
    return [name, found === undefined ? value : fromText(found, value)];
  });
  return check(parameters, Object.fromEntries(read) as Record<string, unknown>, '');
}

type Decorators = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>;

/** The fields that the check which is made at the moment looks at. */
let asked: ReadonlySet<string> = new Set();

/**
 * class-validator gathers the decorators of a class for every instance, and looks at every field, which takes longer
 * than the checks themselves. Decorators never change once the class is defined, and groups are not used here.
 */
const rememberDecorators = (): void => {
  const storage = getMetadataStorage();
  const gather = storage.getTargetValidationMetadatas.bind(storage);
  const known = new WeakMap<object, Decorators>();
  storage.getTargetValidationMetadatas = (target, ...rest) => {
    const found = known.get(target) ?? gather(target, ...rest);
    known.set(target, found);
    return found.filter(({ propertyName }) => asked.has(propertyName));
  };
};
rememberDecorators();

/** Fields that are right where nothing is given for them: that is found out once, since requests give few. */
const rightByDefault = new WeakMap<ParameterClass<object>, Set<string>>();

function rightByDefaultOf(parameters: ParameterClass<object>): Set<string> {
  const known = rightByDefault.get(parameters) ?? new Set<string>();
  rightByDefault.set(parameters, known);
  return known;
}

function check<T extends object>(
  parameters: ParameterClass<T>,
  input: Record<string, unknown>,
  path: string,
): T {
  const fields = fieldsOf(parameters);
  const names = fields.map((field) => field.name);
  for (const name of Object.keys(input)) {
    if (names.includes(name)) continue;
    const near = nearNames(name, names);
    throw Problem.field('unknown-parameter', path + name, `unknown parameter${didYouMean(near)}`, {
      near,
    });
  }
  const instance = new parameters();
  const given = instance as Record<string, unknown>;
  const isGiven = (name: string): boolean =>
    Object.hasOwn(input, name) && input[name] !== undefined && input[name] !== null;
  for (const { name, schema } of fields) {
    const value = isGiven(name) ? input[name] : schema.default;
    if (value === undefined) continue;
    // One value alone stands for a list of one: `"y": "mass"`.
    const alone = schema.type === 'array' && ['string', 'number'].includes(typeof value);
    given[name] = alone ? [value] : value;
  }
  const right = rightByDefaultOf(parameters);
  asked = new Set(names.filter((name) => isGiven(name) || !right.has(name)));
  if (asked.size === 0) return instance;
  const faults = validator
    .validateSync(instance, { forbidUnknownValues: false })
    .flatMap((error) =>
      given[error.property] === undefined
        ? [{ field: path + error.property, message: 'is missing' }]
        : faultsOf(error, path),
    );
  if (faults.length > 0) {
    const detail = faults.map(({ field, message }) => `${field}: ${message}`).join('; ');
    throw new Problem('invalid-parameter', detail, { errors: faults });
  }
  for (const name of asked) if (!isGiven(name)) right.add(name);
  return instance;
}

function faultsOf(error: ValidationError, path: string): FieldFault[] {
  const field = path + error.property;
  const { isInt, isNumber, isString, isLength, ...others } = error.constraints ?? {};
  // What is no number is neither too small nor too large; what is no text, or none of that length, has no form.
  const first = isInt ?? isNumber ?? isString ?? isLength;
  return (first === undefined ? Object.values(others) : [first]).map((message) => ({
    field,
    message: unnamed(message, error.property),
  }));
}

/** Without the name of the property, which the field says already. */
function unnamed(message: string, property: string): string {
  const each = `each value in ${property} `;
  return message.startsWith(each)
    ? `each value ${message.slice(each.length)}`
    : message.replace(`${property} `, '');
}

function fromText({ name, schema }: Field, value: string | string[]): unknown {
  if (schema.type === 'object' || schema.items?.type === 'object') return fromJson(name, value);
  if (schema.type === 'array') {
    const items = Array.isArray(value) ? value : value.split(',');
    return schema.items?.type === 'number' ? items.map(toNumber) : items;
  }
  if (Array.isArray(value)) return value;
  if (schema.type === 'integer' || schema.type === 'number') return toNumber(value);
  if (schema.type === 'boolean') return value === 'true' ? true : value === 'false' ? false : value;
  return value;
}

/** @throws Problem `invalid-parameter` */
function fromJson(name: string, value: string | string[]): unknown {
  if (Array.isArray(value)) return value;
  try {
    return parse(value, undefined, { protoAction: 'error', constructorAction: 'error' }) as unknown;
  } catch (error) {
    const message = `must be JSON: ${(error as Error).message}`;
    throw Problem.field('invalid-parameter', name, message);
  }
}

/** The number that the text is, or the text itself where it is none: validation then says so. */
function toNumber(text: string): number | string {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
}
