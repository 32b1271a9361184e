import 'reflect-metadata';

import type { ColumnKind } from '../data/schema.js';

/** What the decorators of `fields.ts` note about the fields of a parameter class. */
export interface JsonSchema {
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
  readonly description: string;
  readonly default?: unknown;
  readonly example?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly items?: { readonly type: 'string' | 'number' | 'object' };
  readonly oneOf?: readonly { readonly type: 'string' | 'number' }[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly additionalProperties?: boolean;
}

/** What is known of a field besides its JSON schema. */
export interface Field {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly optional: boolean;
  /** The value names columns of the dataset, of one of these kinds (any, where the list is empty). */
  readonly columnKinds?: readonly ColumnKind[];
}

const FIELDS = Symbol('fields');

/** The fields of a parameter class, those of its parents first. */
export function fieldsOf(target: object): readonly Field[] {
  return (Reflect.getMetadata(FIELDS, target) as readonly Field[] | undefined) ?? [];
}

type ParameterConstructor = Parameters<PropertyDecorator>[0]['constructor'];
const noted: { readonly target: ParameterConstructor; readonly field: Field }[] = [];

/** Every field of every parameter class so far, in the order of their declarations. */
export const notedFields = (): readonly (typeof noted)[number][] => noted;

/** Notes a field of a parameter class; one of the same name is replaced. */
export function noteField(target: ParameterConstructor, added: Field): void {
  noted.push({ target, field: added });
  const others = fieldsOf(target).filter(({ name }) => name !== added.name);
  Reflect.defineMetadata(FIELDS, [...others, added], target);
}

/** The JSON schema of a whole parameter class. */
export function jsonSchemaOf(target: object): Record<string, unknown> {
  const fields = fieldsOf(target);
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(fields.map(({ name, schema }) => [name, schema])),
    required: fields.filter(({ optional }) => !optional).map(({ name }) => name),
  };
}
