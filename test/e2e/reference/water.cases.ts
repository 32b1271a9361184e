import { describe, expect, it } from '@jest/globals';

import { figuresOf } from './figures.js';
import { about, close, type Counts, type Service } from './service.js';

interface Series {
  readonly rows: number;
  readonly first_datetime: string;
  readonly last_datetime: string;
  readonly keys: readonly string[];
  readonly last_five_turbidity_ntu: readonly number[];
  readonly mean_ntu: number;
  readonly safe: boolean;
  readonly hours_to_safe: number;
  readonly analysts: Counts;
}

interface Expected {
  readonly formula_checks: readonly { readonly t0: number; readonly hours: number }[];
  /** Absent where the reference data are. */
  readonly files?: Readonly<Record<string, Series>>;
}

const instant = (text: string): string => `${text.replace(' ', 'T')}:00Z`;

export function water(service: Service): void {
  describe('water', () => {
    const { expected, allCompared } = figuresOf<Expected>('turbidity');

    it.each(Object.keys(expected.files ?? {}))('%s', async (file) => {
      const series = expected.files?.[file];
      if (series === undefined) throw new Error(file);
      const body = await service.load('water', `turbidity/${file}`);
      expect(body.rows).toBe(series.rows);
      const names = body.columns.map(({ name }) => name).filter((name) => name !== '_row');
      expect(names).toEqual(series.keys);
      const [first] = (await service.page('water', 'limit=1')).records;
      const five = (await service.page('water', `offset=${String(body.rows - 5)}`)).records;
      expect([first?.['datetime'], five[4]?.['datetime']]).toEqual([
        instant(series.first_datetime),
        instant(series.last_datetime),
      ]);
      five.forEach((row, index) => {
        const turbidity = Number(row['calibration_constant']) * Number(row['detector_current']);
        close(turbidity, series.last_five_turbidity_ntu[index] ?? NaN);
      });
      expect(await service.counts('water', 'analyzed_by')).toEqual(series.analysts);
      expect(await service.get('/water')).toMatchObject({
        turbidity: { value: about(series.mean_ntu, 10), units: 'NTU' },
        safe: series.safe,
        hours_to_safe: about(series.hours_to_safe, 8),
      });
    });

    it('is safe after the hours of the formula', async () => {
      for (const { t0, hours } of expected.formula_checks) {
        const datetime = '2023-02-01 00:00';
        await service.put('water', [{ datetime, calibration_constant: 1, detector_current: t0 }]);
        expect(await service.get('/water')).toMatchObject({ hours_to_safe: about(hours, 10) });
      }
    });

    allCompared({ formulas: 'says how the figures were made' });
  });
}
