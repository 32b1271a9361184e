import type { DatasetAbout, DatasetReader } from '../../src/analyses/analysis.js';
import { DatasetAccess, type RawFilter } from '../../src/data/dataset-access.js';
import type { Column, Schema } from '../../src/data/schema.js';
import { Problem } from '../../src/errors/problem.js';

export const meteoriteSchema: Schema = {
  columns: [
    { name: 'name', type: 'text', nulls: 0 },
    { name: 'recclass', type: 'text', nulls: 0 },
    { name: 'mass (g)', type: 'number', unit: 'g', nulls: 1 },
    { name: 'year', type: 'integer', nulls: 0 },
    { name: 'seen', type: 'timestamp', nulls: 0 },
  ],
  key: 'name',
  time: 'year',
  position: null,
};

/** Datasets without storage: `answers` stands for what the queries of an analysis would give, in order. */
export class FakeDatasets extends DatasetAccess {
  readonly versions = new Map([['meteorites', '1.0']]);
  answers: (() => object[])[] = [];
  reads = 0;
  schema = meteoriteSchema;

  describe(name: string): Promise<DatasetAbout> {
    const version = this.versions.get(name);
    if (version === undefined) {
      return Promise.reject(new Problem('unknown-dataset', `there is no dataset "${name}"`));
    }
    return Promise.resolve({ name, title: name, schema: this.schema, version });
  }

  checkFilter(about: DatasetAbout, filter: RawFilter): void {
    const known = [...about.schema.columns.map(({ name }) => name), 'start', 'end'];
    for (const name of Object.keys(filter)) {
      if (known.includes(name.replace(/__\w+$/, ''))) continue;
      throw Problem.field('unknown-column', `filter.${name}`, 'there is no such column');
    }
  }

  async read<T>(
    name: string,
    _filter: RawFilter,
    signal: AbortSignal,
    use: (reader: DatasetReader) => Promise<T>,
  ): Promise<T> {
    this.reads++;
    const about = await this.describe(name);
    const result = await use(this.reader(about));
    signal.throwIfAborted();
    return result;
  }

  private reader(about: DatasetAbout): DatasetReader {
    const answers = [...this.answers];
    return {
      about,
      column: (name) => {
        const found = about.schema.columns.find((column) => column.name === name);
        if (found === undefined) throw new Problem('unknown-column', `no column "${name}"`);
        return found satisfies Column;
      },
      rows: <T extends object>() => Promise.resolve((answers.shift()?.() ?? []) as T[]),
      columns: () => Promise.resolve({}),
      aggregate: <T extends object>() => Promise.resolve((answers.shift()?.() ?? []) as T[]),
    };
  }
}
