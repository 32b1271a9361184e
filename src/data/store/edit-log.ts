import type { Redis } from 'ioredis';

import { Problem } from '../../errors/problem.js';
import type { Keys } from '../../redis/keys.js';
import { Script } from '../../redis/script.js';
import { STATE_FIELDS, stateOf, type DatasetState } from './dataset-record.js';

const edit = new Script(new URL('./edit.lua', import.meta.url));
const latestEdit = new Script(new URL('./latest-edit.lua', import.meta.url));
const changes = new Script(new URL('./changes.lua', import.meta.url));

/** Above this many waiting edits a dataset takes no more until they are folded in. */
export const MAX_WAITING_EDITS = 200_000;
const CHANGES_AT_ONCE = 5_000;

/** The values of a record as texts, in the order of the columns; null for a missing value. */
export type Values = readonly (string | null)[];

export interface Edit {
  /** Id of the record; null asks for the next row number. */
  readonly id: string | null;
  /** What must hold of the record, or the number of its latest edit. */
  readonly must: 'any' | 'absent' | 'present' | number;
  /** Row number in the generation; null where it has no such record. */
  readonly row: number | null;
  /** null deletes the record. */
  readonly values: Values | null;
}

export interface LoggedEdit {
  readonly number: number;
  /** Place of the record in the order of the table. */
  readonly row: number;
  readonly values: Values | null;
}

export type EditAnswer =
  | { readonly kind: 'done'; readonly edit: number; readonly ids: readonly string[] }
  | { readonly kind: 'moved' }
  | { readonly kind: 'conflict'; readonly position: number };

export type Changes =
  | { readonly kind: 'moved' }
  | {
      readonly kind: 'edits';
      readonly edit: number;
      readonly edits: readonly [string, LoggedEdit][];
    };

/** The edits of a dataset since its generation: the latest of each record. */
export class EditLog {
  constructor(
    private readonly redis: Redis,
    private readonly keys: Keys,
  ) {}

  /**
   * Writes all edits or none.
   * @throws Problem `too-many-edits`
   */
  async write(name: string, generation: string, edits: readonly Edit[]): Promise<EditAnswer> {
    const args = edits.flatMap(({ id, must, row, values }) => [
      id ?? '',
      must,
      row === null ? '0' : '1',
      row ?? '',
      values === null ? '' : JSON.stringify(values),
    ]);
    const answer = (await edit.run(this.redis, this.keysOf(name), [
      generation,
      MAX_WAITING_EDITS,
      ...args,
    ])) as [string, number, ...string[]];
    const [kind, number, ...ids] = answer;
    if (kind === 'done') return { kind, edit: number, ids };
    if (kind === 'conflict') return { kind, position: number };
    if (kind === 'moved') return { kind };
    throw new Problem('too-many-edits', `${String(number)} edits are waiting`, { retryAfter: 5 });
  }

  /** The state of the dataset and the latest edit of one record, in one round trip. */
  async one(name: string, id: string): Promise<[DatasetState | null, LoggedEdit | null]> {
    const [state, entry] = (await latestEdit.run(
      this.redis,
      [this.keys.dataset(name), this.keys.edits(name)],
      [id, ...STATE_FIELDS],
    )) as [(string | null)[], string | null];
    return [stateOf(state), entry === null ? null : parseEntry(entry)];
  }

  /** The latest edits of some records; null where one has none. */
  async some(name: string, ids: readonly string[]): Promise<(LoggedEdit | null)[]> {
    if (ids.length === 0) return [];
    const entries = await this.redis.hmget(this.keys.edits(name), ...ids);
    return entries.map((entry) => (entry === null ? null : parseEntry(entry)));
  }

  /** What a replica at this edit of this generation has to apply. */
  async since(name: string, generation: string, from: number): Promise<Changes> {
    const answer = (await changes.run(this.redis, this.keysOf(name), [
      generation,
      from,
      CHANGES_AT_ONCE,
    ])) as [string, number, ...string[]];
    const [kind, number, ...flat] = answer;
    if (kind === 'moved') return { kind };
    const edits: [string, LoggedEdit][] = [];
    for (let index = 0; index < flat.length; index += 2) {
      edits.push([flat[index] ?? '', parseEntry(flat[index + 1] ?? '')]);
    }
    return { kind: 'edits', edit: number, edits };
  }

  private keysOf(name: string): string[] {
    return [this.keys.dataset(name), this.keys.edits(name), this.keys.editOrder(name)];
  }
}

/** Entries are "<number> <row number> <values>", see edit.lua. */
function parseEntry(entry: string): LoggedEdit {
  const [number = '', row = ''] = entry.split(' ', 2);
  const values = entry.slice(number.length + row.length + 2);
  return {
    number: Number(number),
    row: Number(row),
    values: values === '' ? null : (JSON.parse(values) as Values),
  };
}
