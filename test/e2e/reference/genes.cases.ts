import { describe, expect, it } from '@jest/globals';

import type { PageBody } from '../../support/http.js';
import { figuresOf } from './figures.js';
import type { Counts, Loaded, Service } from './service.js';

interface Expected {
  readonly genes: number;
  readonly columns: number;
  readonly column_names: readonly string[];
  readonly unique_hgnc_ids: number;
  readonly locus_group: Counts;
  readonly locus_type_top20: readonly (readonly [string, number])[];
  readonly status: Counts;
  readonly filled_per_column: Counts;
  readonly 'HGNC:5': Readonly<Record<string, string>>;
  readonly first_ids: readonly string[];
  readonly last_ids: readonly string[];
  readonly approved_first_and_last: readonly [string, string];
  readonly approved_per_year_2015_2023: Counts;
  readonly first_500: {
    readonly genes: number;
    readonly locus_group: Counts;
    readonly last_id: string;
  };
}

export function genes(service: Service): void {
  describe('genes', () => {
    const { expected, allCompared } = figuresOf<Expected>('hgnc');

    it('are 43,882 with 54 columns', async () => {
      const body = await service.load('genes', 'hgnc/hgnc_complete_set.txt.gz');
      expect([body.rows, body.key]).toEqual([expected.genes, 'hgnc_id']);
      expect(body.columns).toHaveLength(expected.columns);
      expect(body.columns.map(({ name }) => name)).toEqual(expected.column_names);
      const { columns } = await service.get<{ columns: { name: string; count: number }[] }>(
        '/datasets/genes/summary',
      );
      expect(Object.fromEntries(columns.map(({ name, count }) => [name, count]))).toEqual(
        expected.filled_per_column,
      );
    });

    it('are of groups, types and a status', async () => {
      expect(await service.counts('genes', 'locus_group')).toEqual(expected.locus_group);
      expect(await service.counts('genes', 'status')).toEqual(expected.status);
      const types = await service.aggregate(
        'genes',
        'group=locus_type&sort=-count,locus_type&limit=20',
      );
      expect(types.map(({ locus_type, count }) => [locus_type, count])).toEqual(
        expected.locus_type_top20,
      );
      const [figures] = await service.aggregate(
        'genes',
        'agg=distinct(hgnc_id),min(date_approved_reserved),max(date_approved_reserved)',
      );
      expect(Object.values(figures ?? {})).toEqual([
        expected.unique_hgnc_ids,
        ...expected.approved_first_and_last,
      ]);
    });

    it('come in the order of the file, gene by gene', async () => {
      const ids = await service.get<string[]>('/genes');
      expect(ids.slice(0, 5)).toEqual(expected.first_ids);
      expect(ids.slice(-3)).toEqual(expected.last_ids);
      const gene = await service.get('/genes/HGNC:5');
      const filled = Object.entries(gene).filter(([, value]) => value !== null);
      expect(Object.fromEntries(filled)).toEqual(expected['HGNC:5']);
      expect(await service.get('/genes/HGNC:999999')).toMatchObject({ status: 404 });
      expect(await service.get('/genes/A1BG')).toMatchObject({ status: 400, near: ['HGNC:5'] });
    });

    it('were approved year by year', async () => {
      const years = await service.aggregate(
        'genes',
        'bucket=year(date_approved_reserved)&date_approved_reserved__gte=2015-01-01&date_approved_reserved__lt=2024-01-01',
      );
      const perYear = years.map((row) => [
        String(row['year(date_approved_reserved)']).slice(0, 4),
        row['count'],
      ]);
      expect(Object.fromEntries(perYear)).toEqual(expected.approved_per_year_2015_2023);
    });

    it('lie on chromosomes, which a job counts and draws in their order', async () => {
      const rows = await service.table({ analysis: 'chromosomes', dataset: 'genes' });
      const names = rows.map(({ chromosome }) => chromosome);
      const numbers = Array.from({ length: 22 }, (_, index) => String(index + 1));
      expect(names).toEqual([...numbers, 'X', 'Y', 'MT', null]);
      // Counted by another program.
      expect(
        rows.filter(({ chromosome }) => ['1', '22', 'X', 'MT'].includes(String(chromosome))),
      ).toEqual([
        { chromosome: '1', rows: 4216 },
        { chromosome: '22', rows: 1026 },
        { chromosome: 'X', rows: 1956 },
        { chromosome: 'MT', rows: 56 },
      ]);
      expect(rows.reduce((sum, row) => sum + Number(row['rows']), 0)).toBe(expected.genes);
    });

    it('have the same types in the whole file and in a part of it', async () => {
      const typesOf = ({ columns }: Loaded) => columns.map(({ name, type }) => [name, type]);
      const whole = typesOf(await service.load('genes', 'hgnc/hgnc_complete_set.txt.gz'));
      expect(typesOf(await service.load('genes', 'hgnc/hgnc_first_500.txt'))).toEqual(whole);
    });

    it('are 500 in the first part', async () => {
      const { first_500 } = expected;
      expect((await service.load('genes-500', 'hgnc/hgnc_first_500.txt')).rows).toBe(
        first_500.genes,
      );
      expect(await service.counts('genes-500', 'locus_group')).toEqual(first_500.locus_group);
      const last: PageBody = await service.page('genes-500', 'offset=499');
      expect(last.records[0]?.['hgnc_id']).toBe(first_500.last_id);
    });

    allCompared({ notes: 'says how the file is written' });
  });
}
