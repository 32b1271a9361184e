import { DuckDBInstance } from '../duckdb.js';
import { quoteIdentifier, quoteLiteral } from '../identifier.js';
import { Changes } from './changes.js';
import { ConnectionPool } from './connection-pool.js';
import type { Session } from './session.js';

/**
 * The one DuckDB instance of a process. Datasets are attached to it as databases; queries run in read
 * transactions on a small pool of connections. It can open files of its own folders and nothing else:
 * no other file, no network, no extension, and its settings cannot be changed afterwards.
 */
export interface EngineOptions {
  readonly threads: number;
  readonly memoryBytes: number;
  /** The only folder whose files can be attached. */
  readonly folder: string;
  readonly queryTimeoutMs: number;
  /** Told of every read that has ended. */
  readonly onQuery?: (milliseconds: number, outcome: 'ok' | 'failed') => void;
}

export interface ReadOptions {
  /** Interrupts the query that is running. */
  readonly signal?: AbortSignal;
  /** false: no time limit, for what its caller limits by itself. */
  readonly timeout?: false;
  /** Exports have connections of their own: slow readers of theirs keep nobody else waiting. */
  readonly pool?: 'exports';
}

export class QueryEngine {
  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly pool: ConnectionPool,
    private readonly exports: ConnectionPool,
    private readonly changes: Changes,
    private readonly timeoutMs: number,
    private readonly onQuery: EngineOptions['onQuery'],
  ) {}

  static async open(options: EngineOptions): Promise<QueryEngine> {
    const limits = {
      threads: String(options.threads),
      memory_limit: `${String(options.memoryBytes)}B`,
      temp_directory: `${options.folder}/spill`,
    };
    return QueryEngine.over(await DuckDBInstance.create(':memory:', limits), options);
  }

  /** The same over an instance that has its limits already; it is this engine's from now on. */
  static async over(instance: DuckDBInstance, options: EngineOptions): Promise<QueryEngine> {
    const connection = await instance.connect();
    for (const setting of [
      `SET GLOBAL TimeZone = 'UTC'`,
      // Private copies are thrown away, not written out, and a damaged one must not keep anybody up.
      'PRAGMA disable_checkpoint_on_shutdown',
      `SET GLOBAL allowed_directories = [${quoteLiteral(`${options.folder}/`)}]`,
      `SET GLOBAL enable_external_access = false`,
      `SET GLOBAL autoload_known_extensions = false`,
      `SET GLOBAL autoinstall_known_extensions = false`,
      `SET GLOBAL lock_configuration = true`,
    ]) {
      await connection.run(setting);
    }
    connection.closeSync();
    const changes = new Changes();
    const pool = new ConnectionPool(instance, Math.max(4, options.threads * 2), changes);
    const exports = new ConnectionPool(instance, Math.max(2, options.threads), changes);
    const { queryTimeoutMs, onQuery } = options;
    return new QueryEngine(instance, pool, exports, changes, queryTimeoutMs, onQuery);
  }

  async attach(file: string, database: string): Promise<void> {
    await this.write((session) =>
      session.execute(`ATTACH ${quoteLiteral(file)} AS ${quoteIdentifier(database)}`),
    );
  }

  async detach(database: string): Promise<void> {
    await this.write((session) => session.execute(`DETACH ${quoteIdentifier(database)}`));
  }

  /**
   * Runs `use` in one read transaction: all its queries see the same state.
   * @throws Problem `query-timeout`
   */
  read<T>(use: (session: Session) => Promise<T>, options: ReadOptions = {}): Promise<T> {
    return this.ask(async (session) => {
      await session.execute('BEGIN TRANSACTION');
      try {
        return await use(session);
      } finally {
        await session.end('COMMIT');
      }
    }, options);
  }

  /** Runs `use` outside of a transaction: for a single statement, which sees one state by itself. */
  async ask<T>(use: (session: Session) => Promise<T>, options: ReadOptions = {}): Promise<T> {
    const signals = options.signal === undefined ? [] : [options.signal];
    if (options.timeout !== false) signals.push(AbortSignal.timeout(this.timeoutMs));
    const pool = options.pool === 'exports' ? this.exports : this.pool;
    const begin = performance.now();
    let outcome: 'ok' | 'failed' = 'failed';
    try {
      const result = await pool.withConnection(AbortSignal.any(signals), use);
      outcome = 'ok';
      return result;
    } finally {
      this.onQuery?.(performance.now() - begin, outcome);
    }
  }

  /** Runs statements outside of a read transaction; they are not interrupted. */
  write<T>(use: (session: Session) => Promise<T>): Promise<T> {
    return this.pool.withConnection(undefined, use);
  }

  /** The same for statements that change data which others read. */
  change<T>(use: (session: Session) => Promise<T>): Promise<T> {
    return this.changes.during(() => this.write(use));
  }

  close(): void {
    this.pool.close();
    this.exports.close();
    this.instance.closeSync();
  }
}
