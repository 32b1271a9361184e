import { Problem } from '../../errors/problem.js';
import type { Replicas } from '../replica/replicas.js';
import { ROW_ID, type Schema, type Version } from '../schema.js';
import type { Edit, EditLog, Values } from '../store/edit-log.js';
import { recordOfValues, storedRecord, type JsonRecord, type StoredRecord } from './record-json.js';
import { noRecord, type FoundRecord, type RecordReader } from './record-reader.js';
import { asRecord, idOfValues, valuesOfRecord } from './record-values.js';

/** Conditions of a request: values of `If-Match` and `If-None-Match`. */
export interface Conditions {
  readonly ifMatch?: string;
  readonly ifNoneMatch?: string;
}

export interface Written {
  readonly id: string;
  readonly version: Version;
  readonly stored: StoredRecord;
  readonly created: boolean;
}

const ATTEMPTS = 10;
export const MAX_BULK = 5_000;

/**
 * Writes to single records and atomic lists of records. Every write is one script in Redis which checks
 * what this code has assumed; where the assumption no longer holds it is made again.
 */
export class RecordEditor {
  constructor(
    private readonly reader: RecordReader,
    private readonly replicas: Replicas,
    private readonly log: EditLog,
  ) {}

  /** Puts a whole record in place, new or not. */
  replace(name: string, id: string, body: unknown, conditions: Conditions): Promise<Written> {
    const conditional = conditions.ifMatch !== undefined || conditions.ifNoneMatch !== undefined;
    return this.write(name, id, conditions, (found) => {
      const numbered = found.schema.key === ROW_ID;
      if (found.stored === null && numbered) throw noRecord(name, id);
      const values = withKey(found, asRecord(body, 'the body'));
      return { values, must: conditional ? found.edit : numbered ? 'present' : 'any' };
    });
  }

  /** Changes the columns that are given, and leaves the others. */
  patch(name: string, id: string, body: unknown, conditions: Conditions): Promise<Written> {
    const changes = asRecord(body, 'the body');
    return this.write(name, id, conditions, (found) => {
      if (found.stored === null) throw noRecord(name, id);
      const values = withKey(found, { ...found.stored.record, ...changes });
      return { values, must: found.edit };
    });
  }

  async remove(name: string, id: string, conditions: Conditions): Promise<Version> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const found = await this.reader.find(name, id);
      if (found.stored === null) throw noRecord(name, id);
      checkConditions(found, conditions);
      const answer = await this.log.write(name, found.state.generation, [
        { id: found.id, must: found.edit, row: found.row, values: null },
      ]);
      if (answer.kind === 'done') return { load: found.state.version.load, edit: answer.edit };
    }
    throw tooBusy(name);
  }

  /**
   * Adds records, all or none.
   * @returns their ids, in order
   * @throws Problem `record-exists`, `invalid-parameter`, ...; fields are named `records[3].mass`
   */
  async create(
    name: string,
    bodies: readonly unknown[],
    onConflict: 'error' | 'replace',
  ): Promise<{ ids: readonly string[]; version: Version }> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const replica = await this.replicas.current(name);
      const { schema } = replica;
      const checked = bodies.map((body, index) => newRecord(schema, body, pathOf(bodies, index)));
      const ids = checked.flatMap(({ id }) => (id === null ? [] : [id]));
      const rows =
        ids.length === 0 ? new Map<string, number>() : await this.reader.rowsOf(replica, ids);
      const edits = checked.map(({ id, values }): Edit => {
        const must = onConflict === 'error' ? 'absent' : 'any';
        return { id, must, row: (id === null ? null : rows.get(id)) ?? null, values };
      });
      const answer = await this.log.write(name, replica.generation, edits);
      if (answer.kind === 'done') {
        return { ids: answer.ids, version: { load: replica.loadNumber, edit: answer.edit } };
      }
      if (answer.kind === 'conflict') {
        const field = `${pathOf(bodies, answer.position)}${schema.key}`;
        const id = edits[answer.position]?.id ?? '';
        throw Problem.field('record-exists', field, `there is a record "${id}" already`);
      }
    }
    throw tooBusy(name);
  }

  private async write(
    name: string,
    id: string,
    conditions: Conditions,
    make: (found: FoundRecord) => Pick<Edit, 'must'> & { values: Values },
  ): Promise<Written> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const found = await this.reader.find(name, id);
      checkConditions(found, conditions);
      const { values, must } = make(found);
      const answer = await this.log.write(name, found.state.generation, [
        { id: found.id, must, row: found.row, values },
      ]);
      if (answer.kind !== 'done') continue;
      const row = Number(found.id); // shown only where the id is the row number
      return {
        id: found.id,
        version: { load: found.state.version.load, edit: answer.edit },
        stored: storedRecord(recordOfValues(found.schema, row, values)),
        created: found.stored === null,
      };
    }
    throw tooBusy(name);
  }
}

const pathOf = (bodies: readonly unknown[], index: number): string =>
  bodies.length === 1 ? '' : `records[${String(index)}].`;

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

/** The values of a record at its address: its key must agree with the address, or be left out. */
function withKey({ schema, id }: FoundRecord, record: JsonRecord): Values {
  if (schema.key === ROW_ID) {
    const given = record[ROW_ID];
    if (given === undefined || given === Number(id)) return valuesOfRecord(schema, record);
    throw Problem.field('invalid-parameter', ROW_ID, `must be ${id}, as in the address`);
  }
  const key = schema.columns.find(({ name }) => name === schema.key);
  const value = key?.type === 'integer' ? Number(id) : id;
  const values = valuesOfRecord(schema, { [schema.key]: value, ...record });
  if (idOfValues(schema, values) === id) return values;
  throw Problem.field('invalid-parameter', schema.key, `must be "${id}", as in the address`);
}

function checkConditions({ stored, id }: FoundRecord, { ifMatch, ifNoneMatch }: Conditions): void {
  const tags = (header: string): string[] => header.split(',').map((tag) => tag.trim());
  if (ifNoneMatch !== undefined && stored !== null) {
    if (ifNoneMatch.trim() === '*' || tags(ifNoneMatch).includes(stored.etag)) {
      throw new Problem(
        'precondition-failed',
        `there is a record "${id}", which If-None-Match rules out`,
      );
    }
  }
  if (ifMatch === undefined) return;
  const matches =
    stored !== null && (ifMatch.trim() === '*' || tags(ifMatch).includes(stored.etag));
  if (matches) return;
  throw new Problem(
    'precondition-failed',
    `the record "${id}" is not the one that If-Match names`,
    {
      current: stored?.etag ?? null,
    },
  );
}

const tooBusy = (name: string): Problem =>
  new Problem('dataset-changed', `"${name}" is being changed too often at the moment`, {
    retryAfter: 1,
  });
