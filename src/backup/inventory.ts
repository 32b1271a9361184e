import { createHash } from 'node:crypto';

import type { Redis } from 'ioredis';

import { KeptLoads } from '../data/store/kept-loads.js';
import { STORES, type Store } from '../redis/connections.js';
import { Keys } from '../redis/keys.js';
import { escapeGlob, scan, type Stores } from './stores.js';

/** What the stores hold, as far as two looks at the same data must agree. */
export interface Inventory {
  /** Keys without an expiry, by store. Those with one go by themselves and are not compared. */
  readonly keys: Readonly<Record<Store, number>>;
  readonly datasets: readonly DatasetInventory[];
  /** Jobs that were waiting or running. */
  readonly openJobs: number;
  /** SHA-256 over the contents of all records of datasets and all edits. */
  readonly digest: string;
}

export interface DatasetInventory {
  readonly name: string;
  readonly version: string;
  readonly rows: number;
  readonly edits: number;
  /** SHA-256 of the file of its current generation, computed from its chunks. */
  readonly sha256: string;
}

/** Looks at everything. `faults` are sentences about what does not fit together. */
export async function takeInventory(
  stores: Stores,
  prefix: string,
): Promise<{ inventory: Inventory; faults: string[] }> {
  const keys = new Keys(prefix);
  const data = stores.of('data');
  const faults: string[] = [];
  const digest = createHash('sha256');
  const datasets: DatasetInventory[] = [];
  for (const name of (await data.smembers(keys.datasets())).sort()) {
    const record = await data.hgetall(keys.dataset(name));
    const edits = await data.hgetall(keys.edits(name));
    digest.update(canonical(record)).update(canonical(edits));
    const ordered = await data.zcard(keys.editOrder(name));
    if (ordered !== Object.keys(edits).length) {
      faults.push(
        `dataset ${name}: ${String(ordered)} edits in order, but ${String(Object.keys(edits).length)} kept`,
      );
    }
    const { generation = '', load = '', edit = '', rows = '' } = record;
    const sha256 = await checkGeneration(data, keys.generation(name, generation));
    if (typeof sha256 !== 'string') faults.push(`dataset ${name}: ${sha256.fault}`);
    faults.push(...(await keptLoadFaults(data, keys, name)));
    datasets.push({
      name,
      version: `${load}.${edit}`,
      rows: Number(rows),
      edits: Object.keys(edits).length,
      sha256: typeof sha256 === 'string' ? sha256 : '',
    });
  }
  const lasting = await Promise.all(STORES.map((store) => countLasting(stores.of(store), prefix)));
  const [dataKeys = 0, queueKeys = 0, resultKeys = 0] = lasting;
  return {
    inventory: {
      keys: { data: dataKeys, queue: queueKeys, results: resultKeys },
      datasets,
      openJobs: await stores.of('queue').zcard(keys.openJobs()),
      digest: digest.digest('hex'),
    },
    faults,
  };
}

/** What is wrong with the files of the loads that are kept of a dataset. */
async function keptLoadFaults(data: Redis, keys: Keys, name: string): Promise<string[]> {
  const faults: string[] = [];
  for (const { load, generation } of await new KeptLoads(data, keys).list(name)) {
    const found = await checkGeneration(data, keys.generation(name, generation));
    if (typeof found !== 'string') {
      faults.push(`load ${String(load)} of dataset ${name}: ${found.fault}`);
    }
  }
  return faults;
}

/** The hash of a generation whose chunks are all there and give the hash that was noted. */
async function checkGeneration(redis: Redis, key: string): Promise<string | { fault: string }> {
  const { chunks, sha256 } = await redis.hgetall(key);
  if (sha256 === undefined) return { fault: 'its generation is not there' };
  const hash = createHash('sha256');
  for (let index = 0; index < Number(chunks); index++) {
    const chunk = await redis.getBuffer(`${key}:${String(index)}`);
    if (chunk === null) return { fault: `part ${String(index)} of its generation is not there` };
    hash.update(chunk);
  }
  const found = hash.digest('hex');
  return found === sha256
    ? found
    : { fault: 'its generation does not have the hash that was noted' };
}

/** Bull's own keys do not count: they are made again from the records. */
async function countLasting(redis: Redis, prefix: string): Promise<number> {
  const lasting = new Set<string>();
  const bull = new Keys(prefix).bull();
  for await (const found of scan(redis, `${escapeGlob(prefix)}:*`)) {
    const own = found.filter((key) => !key.startsWith(`${bull}:`));
    const ttls = await Promise.all(own.map((key) => redis.pttl(key)));
    own.forEach((key, index) => {
      if (ttls[index] === -1) lasting.add(key);
    });
  }
  return lasting.size;
}

const canonical = (hash: Readonly<Record<string, string>>): string =>
  JSON.stringify(Object.entries(hash).sort(([a], [b]) => (a < b ? -1 : 1)));
