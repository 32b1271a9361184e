import { until } from '../support/until.js';

export interface Job {
  readonly id: string;
  readonly status: string;
  readonly progress: number;
  readonly attempts: number;
  readonly version: string;
  readonly problem: { readonly code: string } | null;
}

const TABLE =
  'name,recclass,mass,year\nAachen,L5,21,1880\nAarhus,H6,720,1951\nAbee,L5,107000,1952\n';

/** Jobs by HTTP, as a person with curl would use them. */
export class JobsClient {
  constructor(private readonly url: string) {}

  async load(dataset: string): Promise<void> {
    const response = await fetch(`${this.url}/datasets/${dataset}`, {
      method: 'PUT',
      headers: { 'content-type': 'text/csv' },
      body: TABLE,
    });
    if (!response.ok) throw new Error(await response.text());
  }

  /** Computes in any case, unless the headers say otherwise. */
  async submit(body: object, headers: Record<string, string> = {}): Promise<Job> {
    const response = await fetch(`${this.url}/jobs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'cache-control': 'no-cache', ...headers },
      body: JSON.stringify(body),
    });
    if (response.status !== 202) throw new Error(await response.text());
    return (await response.json()) as Job;
  }

  async show(id: string): Promise<Job> {
    return (await (await fetch(`${this.url}/jobs/${id}`)).json()) as Job;
  }

  /** Waits for a job to get so far. */
  async reach(id: string, isThere: (job: Job) => boolean, deadline = 30_000): Promise<Job> {
    const look = async (): Promise<Job | undefined> => {
      const job = await this.show(id);
      return isThere(job) ? job : undefined;
    };
    return until(look, { what: `job ${id}`, deadline });
  }

  finished(id: string, deadline = 30_000): Promise<Job> {
    return this.reach(id, ({ status }) => /complete|failed|cancelled/.test(status), deadline);
  }
}
