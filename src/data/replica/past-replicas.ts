import { randomUUID } from 'node:crypto';

import { LRUCache } from 'lru-cache';

import type { QueryEngine } from '../engine/query-engine.js';
import type { DatasetStore } from '../store/dataset-store.js';
import type { EditLog } from '../store/edit-log.js';
import type { GenerationStore } from '../store/generation-store.js';
import type { KeptLoad } from '../store/kept-load.js';
import type { KeptLoads } from '../store/kept-loads.js';
import type { GenerationCache } from './generation-cache.js';
import { Replica } from './replica.js';

const MAX_REPLICAS = 8;

/** Replicas of kept loads, as they were loaded: they never change, so edits are never applied. */
export class PastReplicas {
  private readonly opening = new Map<string, Promise<Replica | null>>();
  private readonly replicas = new LRUCache<string, Replica>({
    max: MAX_REPLICAS,
    dispose: (replica) => {
      void replica.retire();
    },
  });

  constructor(
    private readonly engine: QueryEngine,
    private readonly cache: GenerationCache,
    private readonly datasets: DatasetStore,
    private readonly generations: GenerationStore,
    private readonly kept: KeptLoads,
    private readonly log: EditLog,
  ) {}

  /** @throws Problem `unknown-dataset`, `version-gone` */
  async get(name: string, load: number): Promise<Replica> {
    const wanted = await this.kept.find(name, load);
    if (wanted === null && (await this.datasets.state(name)) === null) {
      return this.datasets.unknown(name);
    }
    const kept = wanted ?? (await this.kept.get(name, load));
    const known = this.replicas.get(kept.generation);
    const replica = known?.failed === false ? known : await this.open(name, kept);
    return replica ?? this.kept.gone(name, load);
  }

  private open(name: string, kept: KeptLoad): Promise<Replica | null> {
    const running = this.opening.get(kept.generation);
    if (running !== undefined) return running;
    const opening = this.fetch(name, kept).finally(() => this.opening.delete(kept.generation));
    this.opening.set(kept.generation, opening);
    return opening;
  }

  private async fetch(name: string, kept: KeptLoad): Promise<Replica | null> {
    const { generation, load, schema } = kept;
    const file = await this.cache.copy(this.generations, name, generation);
    if (file === null) return null;
    const database = `d_${randomUUID().replaceAll('-', '')}`;
    const of = { dataset: name, epoch: '', generation, load, schema, file, database };
    const replica = await Replica.attach(this.engine, this.log, of);
    this.replicas.set(generation, replica);
    return replica;
  }
}
