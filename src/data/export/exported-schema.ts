import type { Column, Schema } from '../schema.js';

/** The schema of a dataset as a load takes it back in its parameter `schema`. */
export interface ExportedSchema {
  readonly columns: readonly Pick<Column, 'name' | 'type' | 'unit' | 'description'>[];
  readonly key: string;
  readonly time: string | null;
}

export function exportedSchema({ columns, key, time }: Schema): ExportedSchema {
  return {
    columns: columns.map(({ name, type, unit, description }) => ({
      name,
      type,
      ...(unit === undefined ? {} : { unit }),
      ...(description === undefined ? {} : { description }),
    })),
    key,
    time,
  };
}
