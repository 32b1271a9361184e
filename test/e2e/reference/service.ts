import { expect } from '@jest/globals';

import { http, type PageBody } from '../../support/http.js';
import { AlmanacProcess, uniquePrefix } from '../../support/processes.js';
import { sharedFile } from '../../support/shared-data.js';
import { JobsClient } from '../jobs-client.js';

export type Counts = Readonly<Record<string, number>>;
export type Row = Readonly<Record<string, unknown>>;

/** What a load answers. */
export interface Loaded {
  readonly rows: number;
  readonly key: string;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly unit?: string;
  }[];
  readonly report: { readonly format: string; readonly refused: number };
}

/** One API and one worker for all cases on the reference data, and the questions that they ask. */
export class Service {
  private processes: readonly AlmanacProcess[] = [];
  url = '';

  async start(): Promise<void> {
    const env = { KEY_PREFIX: uniquePrefix() };
    this.processes = await Promise.all([AlmanacProcess.api(env), AlmanacProcess.worker(env)]);
    this.url = this.processes[0]?.url ?? '';
  }

  async stop(): Promise<void> {
    await Promise.all(this.processes.map((one) => one.stop()));
  }

  /** Loads a file as it was published; no row of it may be refused. */
  async load(name: string, file: string, query = ''): Promise<Loaded> {
    const answer = await http<Loaded>(`${this.url}/datasets/${name}${query}`, {
      method: 'PUT',
      body: sharedFile(file),
      headers: { 'content-type': 'application/octet-stream' },
    });
    if (answer.status > 201) throw new Error(JSON.stringify(answer.body));
    expect(answer.body.report.refused).toBe(0);
    return answer.body;
  }

  put(name: string, body: unknown) {
    return http(`${this.url}/datasets/${name}`, { method: 'PUT', body });
  }

  async get<T = Row>(path: string): Promise<T> {
    return (await http<T>(`${this.url}${path.replaceAll(' ', '%20')}`)).body;
  }

  page(name: string, query: string): Promise<PageBody> {
    return this.get(`/datasets/${name}/records?${query}`);
  }

  async total(name: string, query: string): Promise<number | null> {
    return (await this.page(name, `limit=0&${query}`)).total;
  }

  async aggregate(name: string, query: string): Promise<readonly Row[]> {
    return (await this.get<PageBody>(`/datasets/${name}/aggregate?${query}`)).records;
  }

  async counts(name: string, column: string, query = 'limit=1000'): Promise<Counts> {
    const rows = await this.aggregate(name, `group=${column}&${query}`);
    return Object.fromEntries(rows.map((row) => [String(row[column]), Number(row['count'])]));
  }

  /** A result of a job, which is sent through the queue and must complete. */
  async result(job: object, name: string): Promise<Buffer> {
    const client = new JobsClient(this.url);
    const { id } = await client.submit(job);
    expect(await client.finished(id)).toMatchObject({ status: 'complete' });
    const response = await fetch(`${this.url}/jobs/${id}/results/${name}`);
    return Buffer.from(await response.arrayBuffer());
  }

  async table(job: object): Promise<readonly Row[]> {
    return JSON.parse((await this.result(job, 'table.json')).toString('utf8')) as Row[];
  }
}

/** Numbers that agree to twelve digits: sums of doubles depend on their order. */
export function close(actual: unknown, expected: number, digits = 12): void {
  const scale = Math.max(Math.abs(expected), 1e-9);
  expect(Math.abs(Number(actual) - expected) / scale).toBeLessThan(10 ** -digits);
}

/** A number to so many decimals. */
export const about = (value: number, decimals: number): unknown => expect.closeTo(value, decimals);
