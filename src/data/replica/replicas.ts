import { randomUUID } from 'node:crypto';

import { LRUCache } from 'lru-cache';

import { Problem } from '../../errors/problem.js';
import type { QueryEngine } from '../engine/query-engine.js';
import type { Schema } from '../schema.js';
import type { DatasetState } from '../store/dataset-record.js';
import type { DatasetStore } from '../store/dataset-store.js';
import type { EditLog } from '../store/edit-log.js';
import type { GenerationStore } from '../store/generation-store.js';
import type { GenerationCache } from './generation-cache.js';
import type { PastReplicas } from './past-replicas.js';
import { Replica } from './replica.js';

const ATTEMPTS = 5;

/**
 * The replicas of this process, one a dataset, made when a dataset is first read. Before every use it
 * compares the replica with the state in Redis: another generation or epoch replaces it, missing edits
 * are applied. So whoever reads sees all that was acknowledged before.
 */
export class Replicas {
  private readonly replicas: LRUCache<string, Replica>;
  private readonly opening = new Map<string, Promise<Replica | null>>();
  private made = 0;

  constructor(
    private readonly engine: QueryEngine,
    private readonly cache: GenerationCache,
    private readonly datasets: DatasetStore,
    private readonly generations: GenerationStore,
    private readonly log: EditLog,
    private readonly past: PastReplicas,
    maxReplicas = 64,
  ) {
    this.replicas = new LRUCache({
      max: maxReplicas,
      dispose: (replica) => {
        void replica.retire();
      },
    });
  }

  /** How many are held. */
  get size(): number {
    return this.replicas.size;
  }

  /** How many were made since the process began. */
  get opened(): number {
    return this.made;
  }

  /**
   * What is read: the newest version, or a kept load as it was loaded.
   * @throws Problem `unknown-dataset`, `version-gone`
   */
  of(name: string, load: number | undefined): Promise<Replica> {
    return load === undefined ? this.current(name) : this.past.get(name, load);
  }

  /**
   * The replica of a dataset at its current version or a later one.
   * @throws Problem `unknown-dataset`
   */
  async current(name: string): Promise<Replica> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const seen = this.seen(name);
      const state = (await this.datasets.state(name)) ?? (await this.datasets.unknown(name));
      const replica = await this.at(name, state, seen);
      if (replica !== null) return replica;
    }
    throw new Problem('storage-unavailable', `"${name}" is being replaced all the time`, {
      retryAfter: 1,
    });
  }

  /** The last edit that the replica of a dataset has; to be asked before the state is read. */
  seen(name: string): number {
    return this.replicas.peek(name)?.applied ?? 0;
  }

  /** The epoch of the replica of a dataset; null where this process has none. */
  epochOf(name: string): string | null {
    return this.replicas.peek(name)?.epoch ?? null;
  }

  /** The schema of a generation, where this process has it at hand. */
  schemaOf(name: string, generation: string): Schema | null {
    const replica = this.replicas.peek(name);
    return replica?.generation === generation ? replica.schema : null;
  }

  /**
   * The replica at this state or later; null when the state is no longer the current one.
   * @param seen the last edit that the replica had before the state was read: if Redis is behind it,
   *   a restore has taken edits back
   */
  async at(name: string, state: DatasetState, seen: number): Promise<Replica | null> {
    let replica = this.replicas.get(name) ?? null;
    if (replica !== null && !fits(replica, state, seen)) {
      this.replicas.delete(name);
      replica = null;
    }
    replica ??= await this.open(name, state);
    if (replica === null) return null;
    if (replica.applied >= state.version.edit) return replica;
    const current = await replica.catchUp(state.version.edit);
    if (current && !replica.isRetired) return replica;
    if (this.replicas.get(name) === replica) this.replicas.delete(name);
    return null;
  }

  /** Throws every replica away, as after a restore of Redis. */
  clear(): void {
    this.replicas.clear();
  }

  private open(name: string, state: DatasetState): Promise<Replica | null> {
    const key = `${name}/${state.generation}/${state.epoch}`;
    const running = this.opening.get(key);
    if (running !== undefined) return running;
    const opening = this.fetch(name, state).finally(() => this.opening.delete(key));
    this.opening.set(key, opening);
    return opening;
  }

  private async fetch(name: string, state: DatasetState): Promise<Replica | null> {
    const record = await this.datasets.find(name);
    if (record?.generation !== state.generation) return null;
    const file = await this.cache.copy(this.generations, name, state.generation);
    if (file === null) return null;
    const replica = await Replica.attach(this.engine, this.log, {
      dataset: name,
      epoch: state.epoch,
      generation: state.generation,
      load: state.version.load,
      schema: record.schema,
      file,
      database: `d_${randomUUID().replaceAll('-', '')}`,
    });
    this.replicas.set(name, replica);
    this.made++;
    return replica;
  }
}

function fits(replica: Replica, state: DatasetState, seen: number): boolean {
  if (replica.failed) return false;
  if (replica.epoch !== state.epoch || replica.generation !== state.generation) return false;
  return seen <= state.version.edit;
}
