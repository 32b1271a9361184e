import { createGunzip } from 'node:zlib';

import { parse } from 'csv-parse';

const BATCH = 1_000;
const KEY = 'table:';

/**
 * The design that Almanac is measured against: each record is one JSON text under its own key in Redis,
 * and every question reads all of them. Written as well as that design allows: batches, pipelines, MGET,
 * no work that the answer does not need.
 */
export class NaiveTable {
  constructor(redis) {
    this.redis = redis;
  }

  /** Takes a gzipped file as it arrives; a batch is stored while the next one is parsed. */
  async load(input, { key, delimiter }) {
    const parser = input.pipe(createGunzip()).pipe(parse({ columns: true, delimiter }));
    let stored = Promise.resolve();
    let batch = this.redis.pipeline();
    let rows = 0;
    for await (const record of parser) {
      batch.set(KEY + record[key], JSON.stringify(record));
      if (++rows % BATCH !== 0) continue;
      await stored;
      stored = batch.exec();
      batch = this.redis.pipeline();
    }
    await stored;
    await batch.exec();
    return rows;
  }

  async one(id) {
    const text = await this.redis.get(KEY + id);
    return text === null ? null : JSON.parse(text);
  }

  /** Rows whose column `equal` is `value` and whose `above` is more than `than`, by the latter. */
  async page({ equal, value, above, than, limit }) {
    const found = (await this.#all()).filter(
      (record) => record[equal] === value && Number(record[above]) > than,
    );
    found.sort((a, b) => Number(b[above]) - Number(a[above]));
    return { records: found.slice(0, limit), total: found.length };
  }

  async json() {
    return JSON.stringify(await this.#all());
  }

  async csv() {
    const records = await this.#all();
    const names = Object.keys(records[0] ?? {});
    const lines = records.map((record) => names.map((name) => cell(record[name])).join(','));
    return [names.map(cell).join(','), ...lines, ''].join('\r\n');
  }

  async #all() {
    const keys = await this.redis.keys(`${KEY}*`);
    const records = [];
    for (let start = 0; start < keys.length; start += BATCH) {
      const texts = await this.redis.mget(keys.slice(start, start + BATCH));
      for (const text of texts) records.push(JSON.parse(text));
    }
    return records;
  }
}

const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
