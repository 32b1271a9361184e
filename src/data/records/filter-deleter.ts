import { Problem } from '../../errors/problem.js';
import type { Compactor } from '../compaction/compactor.js';
import { quoteIdentifier } from '../identifier.js';
import { parseFilter, type Filter } from '../query/filter.js';
import type { RawFilter } from '../dataset-access.js';
import { Parameters, whereSql } from '../query/where.js';
import type { Replica } from '../replica/replica.js';
import type { Replicas } from '../replica/replicas.js';
import { ROW_ID, type Version } from '../schema.js';
import type { EditLog } from '../store/edit-log.js';
import { ATTEMPTS, tooBusy } from './record-editor.js';

/** Up to so many records are deleted by edits; for more the table is written anew. */
const MAX_EDITS = 5_000;

export interface Deleted {
  readonly deleted: number;
  readonly version: Version;
}

/**
 * Deletes all records that a filter keeps, as one change. A record that somebody changes in the meantime is
 * looked at again; one that comes to match after the records were looked up stays.
 */
export class FilterDeleter {
  constructor(
    private readonly replicas: Replicas,
    private readonly log: EditLog,
    private readonly compactor: Compactor,
  ) {}

  /**
   * @param all without a filter everything is deleted, which must be asked for
   * @throws Problem `invalid-parameter`, `unknown-column`, `dataset-changed`, ...
   */
  async delete(name: string, raw: RawFilter, all: boolean): Promise<Deleted> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const replica = await this.replicas.current(name);
      const filter = parseFilter(replica.schema, raw);
      checkMeant(filter, all);
      const found = await matching(replica, filter);
      const deleted =
        found.ids.length > MAX_EDITS
          ? await this.compactor.removeRecords(replica, filter)
          : await this.removeEach(replica, found);
      if (deleted !== null) return deleted;
    }
    throw tooBusy(name);
  }

  /** null where one of the records was changed since it was found. */
  private async removeEach(
    replica: Replica,
    { ids, rows, edit }: Matching,
  ): Promise<Deleted | null> {
    const load = replica.loadNumber;
    if (ids.length === 0) return { deleted: 0, version: { load, edit } };
    const entries = await this.log.some(replica.dataset, ids);
    if (entries.some((entry) => entry !== null && entry.number > edit)) return null;
    const edits = ids.map((id, index) => {
      const entry = entries[index] ?? null;
      const row = entry === null ? (rows[index] ?? null) : null;
      return { id, must: entry?.number ?? 0, row, values: null };
    });
    const answer = await this.log.write(replica.dataset, replica.generation, edits);
    if (answer.kind !== 'done') return null;
    return { deleted: ids.length, version: { load, edit: answer.edit } };
  }
}

interface Matching {
  readonly ids: readonly string[];
  readonly rows: readonly number[];
  /** Number of the last edit that the table had. */
  readonly edit: number;
}

function matching(replica: Replica, filter: Filter): Promise<Matching> {
  const { schema, table } = replica;
  return replica.read(async (session, { edit }) => {
    const parameters = new Parameters();
    const where = whereSql(schema, filter, parameters);
    const found = await session.rows(
      `SELECT ${quoteIdentifier(schema.key)}::VARCHAR, ${ROW_ID} FROM ${table} WHERE ${where}
       LIMIT ${String(MAX_EDITS + 1)}`,
      parameters.values,
    );
    return {
      ids: found.map(([id]) => String(id)),
      rows: found.map(([, row]) => Number(row)),
      edit,
    };
  });
}

function checkMeant({ conditions, range, words, box }: Filter, all: boolean): void {
  const open = conditions.length === 0 && range === null && words.length === 0 && box === null;
  if (open === all) return;
  throw Problem.field(
    'invalid-parameter',
    'all',
    all
      ? 'cannot stand beside a filter'
      : 'must be true to delete every record; otherwise give a filter, such as column=value',
  );
}
