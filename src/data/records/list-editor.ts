import { Problem } from '../../errors/problem.js';
import type { Replica } from '../replica/replica.js';
import type { Replicas } from '../replica/replicas.js';
import { ROW_ID, type Schema, type Version } from '../schema.js';
import type { Edit, EditLog, Values } from '../store/edit-log.js';
import { ATTEMPTS, tooBusy } from './record-editor.js';
import type { RecordReader } from './record-reader.js';
import {
  asRecord,
  canonicalId,
  changedValues,
  idOfValues,
  valuesOfRecord,
} from './record-values.js';

export const MAX_BULK = 5_000;

export interface ListWritten {
  /** Ids of the records, in the order of the list. */
  readonly ids: readonly string[];
  readonly version: Version;
}

/**
 * Writes to lists of records, all or none. Fields at fault are named with their place: `records[3].mass`.
 * What was assumed of the records is checked by the script that writes, and made again where it is wrong.
 */
export class ListEditor {
  constructor(
    private readonly reader: RecordReader,
    private readonly replicas: Replicas,
    private readonly log: EditLog,
  ) {}

  /**
   * Adds records, or puts them in the place of those with their keys.
   * @throws Problem `record-exists`, `invalid-parameter`, `unknown-column`, ...
   */
  create(
    name: string,
    bodies: readonly unknown[],
    onConflict: 'error' | 'replace',
    path: (index: number) => string = pathOf,
  ): Promise<ListWritten> {
    return this.write(name, bodies, path, async (replica) => {
      const checked = bodies.map((body, index) => newRecord(replica.schema, body, path(index)));
      const ids = checked.flatMap(({ id }) => (id === null ? [] : [id]));
      const rows = await this.reader.inReplica(replica, ids);
      const must = onConflict === 'error' ? 'absent' : 'any';
      return checked.map(({ id, values }): Edit => {
        const row = id === null ? null : (rows.get(id)?.row ?? null);
        return { id, must, row, values };
      });
    });
  }

  /**
   * Changes some columns of records, which are named by their keys. A record that is there twice gets both
   * changes, one after the other.
   * @throws Problem `unknown-record`, `invalid-parameter`, `unknown-column`, ...
   */
  async patch(name: string, bodies: readonly unknown[]): Promise<ListWritten> {
    let ids: readonly string[] = [];
    const { version } = await this.write(name, bodies, pathOf, async (replica) => {
      const { schema } = replica;
      const records = bodies.map((body, index) => asRecord(body, `records[${String(index)}]`));
      ids = records.map((record, index) => idOfChanges(schema, record[schema.key], pathOf(index)));
      const different = [...new Set(ids)];
      const found = await this.reader.findAll(replica, different);
      const values = new Map<string, Values>();
      different.forEach((id, index) => {
        const stored = found[index]?.stored;
        if (stored !== undefined && stored !== null) values.set(id, stored.values);
      });
      records.forEach((record, index) => {
        const id = ids[index] ?? '';
        const before = values.get(id);
        if (before === undefined) throw unknownRecord(name, id, `${pathOf(index)}${schema.key}`);
        values.set(id, changedValues(schema, before, record, pathOf(index)));
      });
      return different.map((id, index): Edit => {
        const { edit = 0, row = null } = found[index] ?? {};
        return { id, must: edit, row, values: values.get(id) ?? null };
      });
    });
    return { ids, version };
  }

  private async write(
    name: string,
    bodies: readonly unknown[],
    path: (index: number) => string,
    make: (replica: Replica) => Promise<readonly Edit[]>,
  ): Promise<ListWritten> {
    checkLength(bodies);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const replica = await this.replicas.current(name);
      const edits = await make(replica);
      const answer = await this.log.write(name, replica.generation, edits);
      if (answer.kind === 'done') {
        return { ids: answer.ids, version: { load: replica.loadNumber, edit: answer.edit } };
      }
      const refused = answer.kind === 'conflict' ? edits[answer.position] : undefined;
      if (refused?.must === 'absent' && answer.kind === 'conflict') {
        const field = path(answer.position) + replica.schema.key;
        throw Problem.field(
          'record-exists',
          field,
          `there is a record "${refused.id ?? ''}" already`,
        );
      }
    }
    throw tooBusy(name);
  }
}

const pathOf = (index: number): string => `records[${String(index)}].`;

function checkLength({ length }: readonly unknown[]): void {
  if (length > 0 && length <= MAX_BULK) return;
  throw new Problem(
    'invalid-body',
    `a list must hold 1 to ${String(MAX_BULK)} records; for more, load a file`,
  );
}

function newRecord(
  schema: Schema,
  body: unknown,
  path: string,
): { id: string | null; values: Values } {
  const record = asRecord(body, path === '' ? 'the body' : path.slice(0, -1));
  if (schema.key === ROW_ID && record[ROW_ID] !== undefined) {
    throw Problem.field(
      'invalid-parameter',
      path + ROW_ID,
      'is given by the service; leave it out',
    );
  }
  const values = valuesOfRecord(schema, record, path);
  return { id: idOfValues(schema, values, path), values };
}

function idOfChanges(schema: Schema, key: unknown, path: string): string {
  const text = typeof key === 'string' || typeof key === 'number' ? String(key) : '';
  const id = text === '' ? null : canonicalId(schema, text);
  if (id !== null) return id;
  throw Problem.field('invalid-parameter', path + schema.key, 'must be the key of a record');
}

const unknownRecord = (name: string, id: string, field: string): Problem =>
  Problem.field('unknown-record', field, `"${name}" has no record "${id}"`);
