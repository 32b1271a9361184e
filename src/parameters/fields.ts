import type { ColumnKind } from '../data/schema.js';
import { noteField, type JsonSchema } from './field-schema.js';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateBy,
} from './validators.js';

/**
 * Fields of parameter classes. One decorator a field gives its validation, its place in OpenAPI and
 * its JSON schema, so these cannot differ. `validate.ts` makes checked instances of such classes. Nest is not
 * known here: it takes longer to load than a short task of the command line takes.
 */
interface Common<T> {
  readonly description: string;
  readonly example?: T;
  /** Makes the field optional; the value that stands where it is left out. */
  readonly default?: T;
  readonly optional?: boolean;
}

function field(
  schema: JsonSchema,
  optional: boolean,
  validators: readonly PropertyDecorator[],
  columnKinds?: readonly ColumnKind[],
): PropertyDecorator {
  return (prototype, key) => {
    noteField(prototype.constructor, {
      name: String(key),
      schema,
      optional,
      ...(columnKinds === undefined ? {} : { columnKinds }),
    });
    for (const validator of validators) validator(prototype, key);
    if (optional) IsOptional()(prototype, key);
  };
}

const isOptional = (options: Common<unknown>): boolean =>
  options.optional === true || options.default !== undefined;

function common<T>({ description, example, default: fallback }: Common<T>): JsonSchema {
  return {
    description,
    ...(example === undefined ? {} : { example }),
    ...(fallback === undefined ? {} : { default: fallback }),
  };
}

interface Range {
  readonly min?: number;
  readonly max?: number;
}

const range = ({ min, max }: Range): Partial<JsonSchema> => ({
  ...(min === undefined ? {} : { minimum: min }),
  ...(max === undefined ? {} : { maximum: max }),
});

const inRange = ({ min, max }: Range): PropertyDecorator[] => [
  ...(min === undefined ? [] : [Min(min)]),
  ...(max === undefined ? [] : [Max(max)]),
];

export function IntegerField(
  options: Common<number> & Range & { readonly message?: string },
): PropertyDecorator {
  const { message = 'must be a whole number' } = options;
  return field({ type: 'integer', ...common(options), ...range(options) }, isOptional(options), [
    IsInt({ message }),
    ...inRange(options),
  ]);
}

export function NumberField(options: Common<number> & Range): PropertyDecorator {
  return field({ type: 'number', ...common(options), ...range(options) }, isOptional(options), [
    IsNumber({}, { message: 'must be a number' }),
    ...inRange(options),
  ]);
}

export function BooleanField(options: Common<boolean>): PropertyDecorator {
  return field({ type: 'boolean', ...common(options) }, isOptional(options), [
    IsBoolean({ message: 'must be true or false' }),
  ]);
}

interface TextOptions extends Common<string> {
  readonly maxLength?: number;
  /** With what a person is told of another text, such as `must be a day such as 1969-07-21`. */
  readonly pattern?: readonly [form: RegExp, message: string];
  /** With what a person is told of what is no text. */
  readonly message?: string;
}

const length = (max: number, each = false): PropertyDecorator =>
  Length(1, max, {
    each,
    message: ({ value }) =>
      [value].flat().includes('')
        ? 'must not be empty'
        : `must be at most ${String(max)} characters long`,
  });

const elements = (max: number): PropertyDecorator[] => [
  IsArray({ message: 'must be a list' }),
  ArrayMinSize(1, { message: 'must not be empty' }),
  ArrayMaxSize(max),
];

export function TextField(options: TextOptions): PropertyDecorator {
  const { maxLength = 1000, pattern } = options;
  return field(
    {
      type: 'string',
      ...common(options),
      minLength: 1,
      maxLength,
      ...(pattern === undefined ? {} : { pattern: pattern[0].source }),
    },
    isOptional(options),
    [
      IsString(options.message === undefined ? {} : { message: options.message }),
      length(maxLength),
      ...(pattern === undefined ? [] : [Matches(pattern[0], { message: pattern[1] })]),
    ],
  );
}

export function ChoiceField<T extends string>(
  choices: readonly T[],
  options: Common<T>,
): PropertyDecorator {
  return field({ type: 'string', ...common(options), enum: choices }, isOptional(options), [
    IsIn([...choices]),
  ]);
}

/** A column of the dataset; `kinds` limits which (numbers, times, text, ...). */
export function ColumnField(
  options: Common<string> & { readonly kinds?: readonly ColumnKind[] },
): PropertyDecorator {
  return field(
    { type: 'string', ...common(options), minLength: 1, maxLength: 500 },
    isOptional(options),
    [IsString(), length(500)],
    options.kinds ?? [],
  );
}

/** One or several columns of the dataset. */
export function ColumnsField(
  options: Common<string[]> & { readonly kinds?: readonly ColumnKind[]; readonly max?: number },
): PropertyDecorator {
  const { max = 100 } = options;
  return field(
    { type: 'array', ...common(options), items: { type: 'string' }, minItems: 1, maxItems: max },
    isOptional(options),
    [...elements(max), IsString({ each: true }), length(500, true)],
    options.kinds ?? [],
  );
}

/** A list of numbers; one number alone stands for a list of one. */
export function NumbersField(
  options: Common<number[]> & { readonly max?: number },
): PropertyDecorator {
  const { max = 100 } = options;
  return field(
    { type: 'array', ...common(options), items: { type: 'number' }, minItems: 1, maxItems: max },
    isOptional(options),
    [...elements(max), IsNumber({}, { each: true, message: 'must be numbers' })],
  );
}

/** A number or a text, such as an end of a range over a column of either type. */
export function ScalarField(options: Common<string | number>): PropertyDecorator {
  const isScalar = (value: unknown): boolean =>
    (typeof value === 'string' && value !== '') || Number.isFinite(value);
  return field(
    { ...common(options), oneOf: [{ type: 'number' }, { type: 'string' }] },
    isOptional(options),
    [
      ValidateBy({
        name: 'isScalar',
        validator: {
          validate: isScalar,
          defaultMessage: () => '$property must be a number or a text',
        },
      }),
    ],
  );
}

/** A list of free JSON objects, checked by the code which takes it. */
export function ObjectsField(
  options: Common<Record<string, unknown>[]> & { readonly max?: number },
): PropertyDecorator {
  const { max = 100 } = options;
  return field(
    { type: 'array', ...common(options), items: { type: 'object' }, minItems: 1, maxItems: max },
    isOptional(options),
    [...elements(max), IsObject({ each: true })],
  );
}

/** Free JSON object, checked by the code which takes it. */
export function ObjectField(options: Common<Record<string, unknown>>): PropertyDecorator {
  return field(
    { type: 'object', ...common(options), additionalProperties: true },
    isOptional(options),
    [IsObject()],
  );
}
