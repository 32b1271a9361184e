import { LRUCache } from 'lru-cache';

import { Problem } from '../../errors/problem.js';
import { quoteIdentifier } from '../identifier.js';
import { keyIsAmong, keyType } from '../query/key-sql.js';
import { valuesExpression } from '../query/output.js';
import type { Replica } from '../replica/replica.js';
import type { Replicas } from '../replica/replicas.js';
import { ROW_ID, type Schema } from '../schema.js';
import { isSameState, type DatasetState } from '../store/dataset-record.js';
import type { DatasetStore } from '../store/dataset-store.js';
import type { EditLog, LoggedEdit, Values } from '../store/edit-log.js';
import { storedRecord, type StoredRecord } from './record-json.js';
import type { HeldRecord, HeldRecords } from './held-records.js';
import { canonicalId } from './record-values.js';

/** A record, or the fact that there is none, with what an edit has to know about it. */
export interface FoundRecord {
  readonly state: DatasetState;
  readonly schema: Schema;
  readonly id: string;
  /** Number of the record's latest edit since the generation; 0 where it has none. */
  readonly edit: number;
  /** Row number in the generation; null where it has no such record, or the edit log knows better. */
  readonly row: number | null;
  readonly stored: StoredRecord | null;
}

interface Row {
  readonly row: number;
  readonly stored: StoredRecord;
}

const CACHED_RECORDS = 20_000;

/**
 * Single records: what was found before, if the dataset is still in the state in which it was found; then
 * from the edit log, then from a cache of rows of the generation, then from a small table in memory or else from DuckDB. What is cached cannot
 * go stale: it is used in its own state only, or its key holds the generation and edits come first.
 */
export class RecordReader {
  private readonly found = new LRUCache<string, FoundRecord>({ max: CACHED_RECORDS });
  private readonly rows = new LRUCache<string, Row>({ max: CACHED_RECORDS });

  constructor(
    private readonly datasets: DatasetStore,
    private readonly log: EditLog,
    private readonly replicas: Replicas,
    private readonly held: HeldRecords,
  ) {}

  /** Forgets everything, as after a restore of Redis: its numbers may then mean something else. */
  clear(): void {
    this.found.clear();
    this.rows.clear();
  }

  /** @throws Problem `unknown-dataset`, and `unknown-record` for an id that can never exist */
  async find(name: string, wanted: string): Promise<FoundRecord> {
    const key = `${name}/${wanted}`;
    const known = this.found.get(key);
    if (known !== undefined) {
      const state = await this.datasets.state(name);
      if (state !== null && isSameState(state, known.state)) return known;
      this.found.delete(key);
    }
    const found = await this.look(name, wanted);
    if (found.stored !== null) this.found.set(key, found);
    return found;
  }

  /**
   * What was found before, or written by this process, without asking whether it still holds. For an edit
   * that is only written where it does.
   */
  remembered(name: string, wanted: string): (FoundRecord & { stored: StoredRecord }) | null {
    const found = this.found.get(`${name}/${wanted}`);
    return found === undefined || found.stored === null ? null : { ...found, stored: found.stored };
  }

  /** Notes what an edit has made of a record: the next one need not ask for it. */
  remember(name: string, before: FoundRecord, edit: number, stored: StoredRecord): void {
    const { load } = before.state.version;
    const state = { ...before.state, version: { load, edit } };
    this.found.set(`${name}/${before.id}`, { ...before, state, edit, row: null, stored });
  }

  private async look(name: string, wanted: string): Promise<FoundRecord> {
    for (;;) {
      const seen = this.replicas.seen(name);
      const [state, entry] = await this.log.one(name, wanted);
      if (state === null) return this.datasets.unknown(name);
      const schema = await this.schemaOf(name, state);
      if (schema === null) continue; // replaced between the two reads
      const id = canonicalId(schema, wanted);
      if (id === null) throw noRecord(name, wanted, schema);
      if (entry !== null) return { state, schema, id, ...ofEntry(schema, entry) };
      const found = await this.inGeneration(name, state, seen, id);
      if (found === 'moved') continue;
      return { state, schema, id, edit: 0, row: found?.row ?? null, stored: found?.stored ?? null };
    }
  }

  /** The same, where the record has to exist. @throws Problem `unknown-record` */
  async get(name: string, id: string): Promise<FoundRecord & { stored: StoredRecord }> {
    const found = await this.find(name, id);
    if (found.stored === null) throw noRecord(name, id, found.schema);
    return { ...found, stored: found.stored };
  }

  /** A record of a kept load, without edits. @throws Problem `unknown-record` */
  async asLoaded(replica: Replica, wanted: string): Promise<StoredRecord> {
    const id = canonicalId(replica.schema, wanted);
    const row = id === null ? null : await this.row(replica, id);
    if (row === null) throw noRecord(replica.dataset, wanted, replica.schema);
    return row.stored;
  }

  /** Records of a replica, by id: row number and values, without what the edit log may know better. */
  async inReplica(
    replica: Replica,
    ids: readonly string[],
  ): Promise<Map<string, { row: number; values: Values }>> {
    if (ids.length === 0) return new Map();
    const { schema, table } = replica;
    const key = quoteIdentifier(schema.key);
    const rows = await replica.ask((session) =>
      session.rows(
        `SELECT ${key}::VARCHAR, ${ROW_ID}, ${valuesExpression(schema.columns)} FROM ${table}
         WHERE ${keyIsAmong(schema, '$1')}`,
        [JSON.stringify(ids)],
      ),
    );
    return new Map(
      rows.map(([id, row, values]) => [
        String(id),
        { row: Number(row), values: JSON.parse(String(values)) as Values },
      ]),
    );
  }

  /**
   * Several records, the newest state of each, as they are needed for edits of the replica's generation.
   * @param ids in canonical form
   */
  async findAll(
    replica: Replica,
    ids: readonly string[],
  ): Promise<readonly Pick<FoundRecord, 'edit' | 'row' | 'stored'>[]> {
    const rows = await this.inReplica(replica, ids);
    const entries = await this.log.some(replica.dataset, ids);
    return ids.map((id, index) => {
      const entry = entries[index];
      if (entry !== undefined && entry !== null) return ofEntry(replica.schema, entry);
      const found = rows.get(id);
      if (found === undefined) return { edit: 0, row: null, stored: null };
      const stored = storedRecord(replica.schema, found.row, found.values);
      return { edit: 0, row: found.row, stored };
    });
  }

  private async schemaOf(name: string, state: DatasetState): Promise<Schema | null> {
    const known = this.replicas.schemaOf(name, state.generation);
    if (known !== null) return known;
    const record = await this.datasets.find(name);
    return record?.generation === state.generation ? record.schema : null;
  }

  private async inGeneration(
    name: string,
    state: DatasetState,
    seen: number,
    id: string,
  ): Promise<Row | null | 'moved'> {
    const key = `${state.generation}/${id}`;
    const cached = this.rows.get(key);
    if (cached !== undefined) return cached;
    const replica = await this.replicas.at(name, state, seen);
    if (replica === null) return 'moved';
    const row = await this.row(replica, id);
    if (row !== null) this.rows.set(key, row);
    return row;
  }

  /** A record of a replica's generation; one that was edited since then is the edit log's. */
  private async row(replica: Replica, id: string): Promise<Row | null> {
    const { schema } = replica;
    const held = this.held.find(replica, id);
    const found = held === undefined ? await readRow(replica, id) : held;
    if (found === null) return null;
    return { row: found.row, stored: storedRecord(schema, found.row, found.values) };
  }
}

async function readRow(replica: Replica, id: string): Promise<HeldRecord | null> {
  const { schema, table } = replica;
  const found = await replica.ask((session) =>
    session.rows(
      `SELECT ${ROW_ID}, ${valuesExpression(schema.columns)} FROM ${table}
       WHERE ${quoteIdentifier(schema.key)} = $1::${keyType(schema)}`,
      [id],
    ),
  );
  const [row, values] = found[0] ?? [];
  if (typeof values !== 'string') return null;
  return { row: Number(row), values: JSON.parse(values) as Values };
}

function ofEntry(
  schema: Schema,
  { number, row, values }: LoggedEdit,
): Pick<FoundRecord, 'edit' | 'row' | 'stored'> {
  const stored = values === null ? null : storedRecord(schema, row, values);
  return { edit: number, row: null, stored };
}

/** Says which column addresses the records, since another one may have been meant. */
export function noRecord(name: string, id: string, { columns, key }: Schema): Problem {
  const type = columns.find((column) => column.name === key)?.type ?? 'text';
  const by = key === ROW_ID ? 'the number of the row' : `"${key}" (${type})`;
  return new Problem(
    'unknown-record',
    `"${name}" has no record "${id}"; its records are addressed by ${by}`,
  );
}
