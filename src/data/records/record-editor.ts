import { Problem } from '../../errors/problem.js';
import { ROW_ID, type Version } from '../schema.js';
import type { Edit, EditLog, Values } from '../store/edit-log.js';
import { storedRecord, type JsonRecord, type StoredRecord } from './record-json.js';
import { noRecord, type FoundRecord, type RecordReader } from './record-reader.js';
import { asRecord, changedValues, idOfValues, valuesOfRecord } from './record-values.js';

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

export const ATTEMPTS = 10;

/**
 * Writes to single records. Every write is one script in Redis which checks
 * what this code has assumed; where the assumption no longer holds it is made again.
 */
export class RecordEditor {
  constructor(
    private readonly reader: RecordReader,
    private readonly log: EditLog,
  ) {}

  /** Puts a whole record in place, new or not. */
  replace(name: string, id: string, body: unknown, conditions: Conditions): Promise<Written> {
    const conditional = conditions.ifMatch !== undefined || conditions.ifNoneMatch !== undefined;
    return this.write(name, id, conditions, (found) => {
      const numbered = found.schema.key === ROW_ID;
      if (found.stored === null && numbered) throw noRecord(name, id, found.schema);
      const values = withKey(found, asRecord(body, 'the body'));
      return { values, must: conditional ? found.edit : numbered ? 'present' : 'any' };
    });
  }

  /** Changes the columns that are given, and leaves the others. */
  patch(name: string, id: string, body: unknown, conditions: Conditions): Promise<Written> {
    const changes = asRecord(body, 'the body');
    return this.write(name, id, conditions, (found) => {
      if (found.stored === null) throw noRecord(name, id, found.schema);
      const values = changedValues(found.schema, found.stored.values, changes);
      checkKey(found, values, changes);
      return { values, must: found.edit };
    });
  }

  async remove(name: string, id: string, conditions: Conditions): Promise<Version> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const found = await this.reader.find(name, id);
      if (found.stored === null) throw noRecord(name, id, found.schema);
      checkConditions(found, conditions);
      const answer = await this.log.write(name, found.state.generation, [
        { id: found.id, must: found.edit, row: found.row, values: null },
      ]);
      if (answer.kind === 'done') return { load: found.state.version.load, edit: answer.edit };
    }
    throw tooBusy(name);
  }

  private async write(
    name: string,
    id: string,
    conditions: Conditions,
    make: (found: FoundRecord) => Pick<Edit, 'must'> & { values: Values },
  ): Promise<Written> {
    const known = this.reader.remembered(name, id);
    const written = known === null ? null : await this.writeAsKnown(name, known, conditions, make);
    if (written !== null) return written;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const found = await this.reader.find(name, id);
      checkConditions(found, conditions);
      const again = await this.writeOnce(name, found, make(found));
      if (again !== null) return again;
    }
    throw tooBusy(name);
  }

  /**
   * Writes on what is remembered of a record, which saves the question how it is now: the script refuses the
   * edit where the record has changed. Anything that is wrong is looked at again, with the record as it is.
   */
  private async writeAsKnown(
    name: string,
    known: FoundRecord,
    conditions: Conditions,
    make: (found: FoundRecord) => Pick<Edit, 'must'> & { values: Values },
  ): Promise<Written | null> {
    let change;
    try {
      checkConditions(known, conditions);
      change = make(known);
    } catch {
      return null;
    }
    // Whatever `make` was content with, this must be the record that it has seen.
    return this.writeOnce(name, known, { ...change, must: known.edit });
  }

  /** null where the record is not the one that was found, or another load has come. */
  private async writeOnce(
    name: string,
    found: FoundRecord,
    { values, must }: Pick<Edit, 'must'> & { values: Values },
  ): Promise<Written | null> {
    const answer = await this.log.write(name, found.state.generation, [
      { id: found.id, must, row: found.row, values },
    ]);
    if (answer.kind !== 'done') return null;
    const row = Number(found.id); // shown only where the id is the row number
    const stored = storedRecord(found.schema, row, values);
    this.reader.remember(name, found, answer.edit, stored);
    return {
      id: found.id,
      version: { load: found.state.version.load, edit: answer.edit },
      stored,
      created: found.stored === null,
    };
  }
}

/** The values of a whole record at its address: its key must agree with the address, or be left out. */
function withKey(found: FoundRecord, record: JsonRecord): Values {
  const { schema, id } = found;
  const key = schema.columns.find(({ name }) => name === schema.key);
  const value = key?.type === 'integer' ? Number(id) : id;
  const given = key === undefined ? record : { [schema.key]: value, ...record };
  const values = valuesOfRecord(schema, given);
  checkKey(found, values, record);
  return values;
}

function checkKey({ schema, id }: FoundRecord, values: Values, given: JsonRecord): void {
  const numbered = schema.key === ROW_ID;
  const agrees = numbered
    ? given[ROW_ID] === undefined || given[ROW_ID] === Number(id)
    : idOfValues(schema, values) === id;
  if (agrees) return;
  throw Problem.field('invalid-parameter', schema.key, `must be ${id}, as in the address`);
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

export const tooBusy = (name: string): Problem =>
  new Problem('dataset-changed', `"${name}" is being changed too often at the moment`, {
    retryAfter: 1,
  });
