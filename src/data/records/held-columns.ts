import { LRUCache } from 'lru-cache';

import type { ColumnData, Columns } from '../columns.js';
import { readColumns } from '../engine/read-columns.js';
import { quoteIdentifier } from '../identifier.js';
import type { HeldColumn, HeldTable } from '../query/places-in-memory.js';
import type { Replica } from '../replica/replica.js';
import { ROW_ID } from '../schema.js';
import type { BackgroundReads } from './background-reads.js';

/** Bytes of all tables together; least recently used go first. */
const MAX_ALL = 64 * 2 ** 20;
/** What a text of a dictionary takes beside its characters, about. */
const TEXT_BYTES = 32;

interface Held {
  readonly edit: number;
  readonly columns: Columns;
  /** Whether a question asked for more columns than may be held; they are not read again in vain. */
  readonly full: boolean;
}

/**
 * Columns of small tables as typed arrays, as far as questions look at them. They show one edit: after another
 * one they are dropped, and read again when a second question finds the table unchanged, so that a table which
 * is being written costs nothing here.
 */
export class HeldColumns {
  private readonly tables = new LRUCache<string, Held>({
    maxSize: MAX_ALL,
    sizeCalculation: sizeOf,
  });

  constructor(private readonly reads: BackgroundReads) {}

  /** Some columns of the table as it is; null where one is not here, which is then read in the background. */
  of(replica: Replica, wanted: readonly HeldColumn[]): HeldTable | null {
    const { table, applied } = replica;
    const held = this.tables.get(table);
    if (held?.edit !== applied) {
      this.tables.set(table, { edit: applied, columns: {}, full: false });
      return null;
    }
    const { columns, edit } = held;
    const rows = columns[ROW_ID];
    if (rows?.kind === 'number' && wanted.every(({ name }) => name in columns)) {
      return { rows: rows.values, columns, edit };
    }
    if (!held.full) this.reads.start(replica, () => this.fill(replica, held, wanted));
    return null;
  }

  private async fill(replica: Replica, held: Held, wanted: readonly HeldColumn[]): Promise<void> {
    const { table } = replica;
    const lacking = [ROW, ...wanted].filter(({ name }) => !(name in held.columns));
    const select = lacking.map(({ name, sql }) => `${sql} AS ${quoteIdentifier(name)}`).join(', ');
    const { columns, edit } = await replica.read(
      async (session, version) => ({
        columns: await readColumns(
          session,
          `SELECT ${select} FROM ${table} ORDER BY ${quoteIdentifier(ROW_ID)}`,
          [],
        ),
        edit: version.edit,
      }),
      { timeout: false },
    );
    if (edit !== held.edit) return;
    const more = { edit, columns: { ...held.columns, ...columns }, full: false };
    const fits = sizeOf(more) <= MAX_ALL;
    this.tables.set(table, fits ? more : { ...held, full: true });
  }
}

function sizeOf({ columns }: Held): number {
  return Object.values(columns).reduce((sum, column) => sum + columnBytes(column), 1);
}

const ROW: HeldColumn = { name: ROW_ID, sql: quoteIdentifier(ROW_ID) };

function columnBytes(column: ColumnData): number {
  if (column.kind !== 'text') return column.values.byteLength;
  const texts = column.dictionary.reduce((sum, text) => sum + 2 * text.length + TEXT_BYTES, 0);
  return column.codes.byteLength + texts;
}
