import { copyFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';

import { DuckDBInstance } from '@duckdb/node-api';

const THREADS = '2';

/** DuckDB by itself, in this process, on a copy of the file that the API uses: the least time there is. */
export class RawDuckDb {
  static async open(systemFolder) {
    const generations = join(systemFolder, 'api-data', 'generations');
    const [name] = await readdir(generations);
    const file = join(systemFolder, 'raw.duckdb');
    await copyFile(join(generations, name), file);
    const instance = await DuckDBInstance.create(file, { threads: THREADS });
    return new RawDuckDb(instance, await instance.connect());
  }

  constructor(instance, connection) {
    this.instance = instance;
    this.connection = connection;
  }

  /** A page and its total, by the same SQL as the API's. */
  async page(columns, where, values, order, limit) {
    const rows = `SELECT * FROM records WHERE ${where} ORDER BY ${order}, "_row" LIMIT ${limit + 1}`;
    const records = await this.rows(`SELECT ${recordOf(columns)} FROM (${rows})`, values);
    const total = await this.rows(`SELECT count(*) FROM records WHERE ${where}`, values);
    return { records: records.slice(0, limit).flat(), total: Number(total[0][0]) };
  }

  /** All rows as JSON, each text handed to a sink that forgets it. @returns bytes */
  async exportJson(columns) {
    let bytes = 0;
    const sink = new Writable({
      write(chunk, _encoding, done) {
        bytes += chunk.length;
        done();
      },
    });
    const result = await this.connection.stream(
      `SELECT ${recordOf(columns)} FROM (SELECT * FROM records ORDER BY "_row")`,
    );
    for await (const chunk of result) sink.write(chunk.getColumnValues(0).join(',\n'));
    return bytes;
  }

  async rows(sql, values = []) {
    return (await this.connection.runAndReadAll(sql, values)).getRows();
  }

  close() {
    this.connection.closeSync();
    this.instance.closeSync();
  }
}

/** Loads a file into a new database file. */
export async function loadRawDuckDb({ file: csv }, folder, round) {
  const file = join(folder, `raw-load-${round}.duckdb`);
  const instance = await DuckDBInstance.create(file, { threads: THREADS });
  const connection = await instance.connect();
  await connection.run(
    `CREATE TABLE records AS FROM read_csv('${csv}', sample_size=-1, store_rejects=true)`,
  );
  await connection.run('CHECKPOINT');
  connection.closeSync();
  instance.closeSync();
  await rm(file);
}

const recordOf = (columns) =>
  `to_json({${columns.map(({ name }) => `'${name.replaceAll("'", "''")}': "${name}"`).join(', ')}})::VARCHAR`;
