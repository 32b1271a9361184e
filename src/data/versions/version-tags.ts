import { createHash } from 'node:crypto';

import type { RedisRun } from '../replica/redis-run.js';
import type { Replicas } from '../replica/replicas.js';
import { formatVersion } from '../schema.js';
import type { DatasetStore } from '../store/dataset-store.js';
import type { KeptLoads } from '../store/kept-loads.js';

/** A question to a dataset: what its answer depends on, beside the version. */
export interface Question {
  readonly dataset: string;
  /** A kept load; undefined for the newest version. */
  readonly load: number | undefined;
  /** Path and query of the request. */
  readonly url: string;
  /** Headers by which the answer is chosen. */
  readonly wishes: readonly (string | undefined)[];
}

/**
 * ETags of answers that come from one version of a dataset: the same question to the same version has the same
 * answer. They are weak, since sums of numbers and links may differ in their last figures and letters. What was
 * restored counts as another dataset, since its versions may mean something else than before.
 */
export class VersionTags {
  constructor(
    private readonly datasets: DatasetStore,
    private readonly kept: KeptLoads,
    private readonly replicas: Replicas,
    private readonly run: RedisRun,
  ) {}

  /** ETag and version of the answer that the question would have now; null where that is not known. */
  async now(question: Question): Promise<{ etag: string; version: string } | null> {
    const { dataset, load } = question;
    const state = load === undefined ? await this.datasets.state(dataset) : null;
    const from = state?.epoch ?? (await this.generationOf(question));
    if (from === null) return null;
    const version = formatVersion(state?.version ?? { load: load ?? 0, edit: 0 });
    const etag = this.tag(question, from, version);
    return etag === null ? null : { etag, version };
  }

  /** The ETag of an answer that came from this version; null where that is not known. */
  async of(question: Question, version: string): Promise<string | null> {
    const newest = question.load === undefined;
    const from = newest
      ? this.replicas.epochOf(question.dataset)
      : await this.generationOf(question);
    return from === null ? null : this.tag(question, from, version);
  }

  private async generationOf({ dataset, load }: Question): Promise<string | null> {
    if (load === undefined || !Number.isSafeInteger(load)) return null;
    return (await this.kept.find(dataset, load))?.generation ?? null;
  }

  private tag(question: Question, from: string, version: string): string | null {
    const { dataset, url, wishes } = question;
    if (this.run.id === undefined) return null;
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const asked = [...searchParams].map((pair) => pair.join('=')).sort();
    const facts = [this.run.id, from, dataset, version, pathname, asked, wishes];
    const hash = createHash('sha256').update(JSON.stringify(facts)).digest('base64url');
    return `W/"${hash.slice(0, 22)}"`;
  }
}
