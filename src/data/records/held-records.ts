import { LRUCache } from 'lru-cache';

import { quoteIdentifier } from '../identifier.js';
import { valuesExpression } from '../query/output.js';
import type { Replica } from '../replica/replica.js';
import type { Values } from '../store/edit-log.js';
import type { BackgroundReads } from './background-reads.js';
import { readSmallTable } from './small-table.js';

/** Characters of one table, and of all together; least recently used go first. */
const MAX_TABLE = 32 * 2 ** 20;
const MAX_ALL = 64 * 2 ** 20;
/** A table is held once so many of its records were asked for: whoever wants a few need not wait for all. */
const WORTH_IT = 20;

/** A record of a generation: its row number and its values. */
export interface HeldRecord {
  readonly row: number;
  readonly values: Values;
}

type Records = ReadonlyMap<string, { row: number; values: string }>;

interface Held {
  readonly records: Records | null;
  readonly size: number;
}

/**
 * The records of small tables by id, so that one which was not asked for before costs no search through a table
 * without an index. They are those of the generation: a record that was edited since is never taken from here.
 */
export class HeldRecords {
  private readonly tables = new LRUCache<string, Held>({
    maxSize: MAX_ALL,
    sizeCalculation: ({ size }) => size,
  });
  private readonly asked = new LRUCache<string, number>({ max: 1000 });

  constructor(private readonly reads: BackgroundReads) {}

  /** The record; null where there is none; undefined where the table has to be asked. */
  find(replica: Replica, id: string): HeldRecord | null | undefined {
    const records = this.recordsOf(replica);
    if (records === null) return undefined;
    const found = records.get(id);
    if (found === undefined) return replica.edited.size === 0 ? null : undefined;
    if (replica.edited.has(found.row)) return undefined;
    return { row: found.row, values: JSON.parse(found.values) as Values };
  }

  private recordsOf(replica: Replica): Records | null {
    const { table } = replica;
    const known = this.tables.get(table);
    if (known !== undefined) return known.records;
    const asked = (this.asked.get(table) ?? 0) + 1;
    this.asked.set(table, asked);
    if (asked >= WORTH_IT) this.reads.start(replica, () => this.fill(replica));
    return null;
  }

  private async fill(replica: Replica): Promise<void> {
    const { schema, table } = replica;
    const records = new Map<string, { row: number; values: string }>();
    const id = `${quoteIdentifier(schema.key)}::VARCHAR`;
    const texts = [id, valuesExpression(schema.columns)];
    const size = await readSmallTable(replica, texts, MAX_TABLE, (row, [key = '', values = '']) => {
      records.set(key, { row, values });
      return key.length + values.length;
    });
    this.tables.set(
      table,
      size === null ? { records: null, size: 1 } : { records, size: size + 1 },
    );
  }
}
