import { describe, expect, it } from '@jest/globals';

import type { PageBody } from '../../support/http.js';
import { figuresOf } from './figures.js';
import { close, type Counts, type Service } from './service.js';

interface Expected {
  readonly rows: number;
  readonly header: readonly string[];
  readonly meaning: readonly string[];
  readonly mean: Counts;
  readonly min: Counts;
  readonly max: Counts;
  readonly rows_per_chord: Counts;
  readonly rows_per_velocity: Counts;
  readonly first_row: readonly number[];
  readonly last_row: readonly number[];
  readonly pearson_frequency_spl: number;
}

export function airfoil(service: Service): void {
  describe('airfoil noise, a header with blanks over rows with tabulators', () => {
    const { expected, allCompared } = figuresOf<Expected>('airfoil');

    it('is a table', async () => {
      const body = await service.load('airfoil', 'airfoil/airfoil_self_noise.dat');
      expect(body.rows).toBe(expected.rows);
      const names = body.columns.map(({ name }) => name).filter((name) => name !== '_row');
      expect(names).toEqual(expected.header);
      const values = ({ records: [row = {}] }: PageBody): unknown[] =>
        names.map((name) => row[name]);
      expect(values(await service.page('airfoil', 'limit=1'))).toEqual(expected.first_row);
      expect(values(await service.page('airfoil', 'offset=1502'))).toEqual(expected.last_row);
    });

    it('has figures by column and by group', async () => {
      const kinds = ['mean', 'min', 'max'] as const;
      const agg = expected.header.flatMap((name) => kinds.map((kind) => `${kind}(${name})`));
      const [figures] = await service.aggregate('airfoil', `agg=${agg.join(',')}`);
      expected.header.forEach((name, index) => {
        const meaning = expected.meaning[index] ?? '';
        for (const kind of kinds)
          close(figures?.[`${kind}(${name})`], expected[kind][meaning] ?? NaN);
      });
      expect(await service.counts('airfoil', 'Chord')).toEqual(expected.rows_per_chord);
      expect(await service.counts('airfoil', 'Velocity')).toEqual(expected.rows_per_velocity);
    });

    it('is correlated', async () => {
      const params = { columns: ['Frequency', 'Decibels'] };
      const [pair] = await service.table({ analysis: 'correlation', dataset: 'airfoil', params });
      close(pair?.['correlation'], expected.pearson_frequency_spl, 10);
    });

    allCompared();
  });
}
