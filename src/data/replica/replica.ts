import { rm, stat } from 'node:fs/promises';

import { Problem } from '../../errors/problem.js';
import { DamagedCopy } from '../engine/engine-failure.js';
import type { QueryEngine, ReadOptions } from '../engine/query-engine.js';
import type { Session } from '../engine/session.js';
import { quoteIdentifier } from '../identifier.js';
import { Totals } from '../query/totals.js';
import type { Schema, Version } from '../schema.js';
import type { EditLog, LoggedEdit } from '../store/edit-log.js';
import { applyEdits } from './apply-edits.js';

/**
 * One generation of one dataset, attached to the query engine of this process, with edits applied up
 * to some number. It never goes back: a replica that is ahead of Redis is thrown away by its owner.
 */
export class Replica {
  private edit = 0;
  /** Number of the edit that the file came with: until then its rows lie in their order. */
  sortedUntil = 0;
  /** Row numbers of records that were edited since then. An edit is noted here before it is applied. */
  readonly edited = new Set<number>();
  readonly totals = new Totals();
  /** Whether its file failed while it was read or written: whoever owns it makes a new one. */
  failed = false;
  private users = 0;
  private retired = false;
  private catchingUp: Promise<boolean> = Promise.resolve(true);

  private constructor(
    private readonly engine: QueryEngine,
    private readonly log: EditLog,
    readonly dataset: string,
    readonly epoch: string,
    readonly generation: string,
    readonly loadNumber: number,
    readonly schema: Schema,
    private readonly file: string,
    private readonly database: string,
  ) {}

  static async attach(
    engine: QueryEngine,
    log: EditLog,
    of: {
      dataset: string;
      epoch: string;
      generation: string;
      load: number;
      schema: Schema;
      file: string;
      database: string;
    },
  ): Promise<Replica> {
    await engine.attach(of.file, of.database).catch(async (error: unknown) => {
      await rm(of.file, { force: true });
      throw error;
    });
    const replica = new Replica(
      engine,
      log,
      of.dataset,
      of.epoch,
      of.generation,
      of.load,
      of.schema,
      of.file,
      of.database,
    );
    try {
      replica.edit = await engine.read((session) => replica.editIn(session));
    } catch (error) {
      await replica.retire();
      throw error;
    }
    replica.sortedUntil = replica.edit;
    return replica;
  }

  get applied(): number {
    return this.edit;
  }

  /** The table of records, for SQL. */
  get table(): string {
    return `${quoteIdentifier(this.database)}.records`;
  }

  /** The table whose one row holds the number of the last edit, for SQL. */
  get versionTable(): string {
    return `${quoteIdentifier(this.database)}.version`;
  }

  /** Size of the file on disk. */
  async bytes(): Promise<number> {
    return (await stat(this.file)).size;
  }

  /**
   * Applies edits until this one is reached. Calls wait for each other.
   * @returns false when the generation is no longer the current one
   */
  catchUp(edit: number): Promise<boolean> {
    const previous = this.catchingUp.catch(() => true);
    this.catchingUp = previous.then((current) => current && this.applyUntil(edit));
    return this.catchingUp;
  }

  /** Runs `use` on one state, and tells which version it is. */
  async read<T>(
    use: (session: Session, version: Version) => Promise<T>,
    options: ReadOptions = {},
  ): Promise<T> {
    return this.inUse(() =>
      this.engine.read(
        async (session) =>
          use(session, { load: this.loadNumber, edit: await this.editIn(session) }),
        options,
      ),
    );
  }

  /** Runs a single statement, which sees one state by itself. */
  ask<T>(use: (session: Session) => Promise<T>, options: ReadOptions = {}): Promise<T> {
    return this.inUse(() => this.engine.ask(use, options));
  }

  /** Takes no more readers; detaches and removes the file once the last one has ended. */
  async retire(): Promise<void> {
    this.retired = true;
    await this.detachIfUnused();
  }

  /** Whether it was thrown away: it takes no more readers. */
  get isRetired(): boolean {
    return this.retired;
  }

  private async inUse<T>(use: () => Promise<T>): Promise<T> {
    if (this.users === Infinity) throw replaced(this.dataset); // thrown away since it was asked for
    this.users++;
    try {
      return await use();
    } catch (error) {
      this.failed ||= error instanceof DamagedCopy;
      throw error;
    } finally {
      this.users--;
      await this.detachIfUnused();
    }
  }

  private async applyUntil(edit: number): Promise<boolean> {
    while (this.edit < edit) {
      const changes = await this.log.since(this.dataset, this.generation, this.edit);
      if (changes.kind === 'moved') return false;
      for (const [, { row }] of changes.edits) this.edited.add(row);
      await this.apply(changes.edits, changes.edit);
    }
    return true;
  }

  private async apply(edits: readonly [string, LoggedEdit][], reached: number): Promise<void> {
    const { database, schema } = this;
    try {
      await this.engine.change((session) => applyEdits(session, database, schema, edits, reached));
    } catch (error) {
      this.failed = true; // who knows what is on the disk
      throw error;
    }
    this.edit = reached;
  }

  private async editIn(session: Session): Promise<number> {
    const rows = await session.rows(`SELECT edit FROM ${this.versionTable}`);
    return Number(rows[0]?.[0]);
  }

  private async detachIfUnused(): Promise<void> {
    if (!this.retired || this.users > 0) return;
    this.users = Infinity; // once only
    await this.catchingUp.catch(() => undefined);
    // Nobody waits for this, and a damaged one may complain.
    await this.engine.detach(this.database).catch(() => undefined);
    await rm(this.file, { force: true });
    await rm(`${this.file}.wal`, { force: true });
  }
}

const replaced = (dataset: string): Problem =>
  new Problem('storage-unavailable', `the copy of "${dataset}" is being made anew`, {
    retryAfter: 1,
  });
