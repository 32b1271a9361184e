import { describe, expect, it } from '@jest/globals';

import { figuresOf } from './figures.js';
import { close, type Counts, type Row, type Service } from './service.js';

interface Expected {
  readonly seattle: {
    readonly rows: number;
    readonly first_date: string;
    readonly last_date: string;
    readonly columns: readonly string[];
    readonly weather_counts: Counts;
    readonly mean: Counts;
    readonly total_precipitation_mm_by_year: Counts;
    readonly hottest: readonly [number, string];
    readonly coldest_min: readonly [number, string];
    readonly 'between_2013-01-01_and_2013-12-31_mean_temp_max': number;
  };
  readonly co2: {
    readonly rows: number;
    readonly first: Row;
    readonly last: Row;
    readonly mean_2019_ppm: number;
    readonly max_ppm: readonly [number, string];
    readonly min_ppm: readonly [number, string];
  };
  readonly global_temperature: {
    readonly rows: number;
    readonly first_year: number;
    readonly last_year: number;
    readonly mean_anomaly_c: number;
    readonly warmest: readonly [number, number];
    readonly trend_1970_2023_c_per_decade: number;
  };
}

export function climate(service: Service): void {
  describe('climate', () => {
    const { expected, allCompared } = figuresOf<Expected>('climate');
    const first = async (name: string, query: string): Promise<Row> =>
      (await service.page(name, `${query}&limit=1`)).records[0] ?? {};

    it('Seattle, day by day', async () => {
      const { seattle } = expected;
      const body = await service.load('seattle', 'climate/seattle_daily_2012_2015.csv');
      expect([body.rows, body.key]).toEqual([seattle.rows, 'date']);
      expect(body.columns.map(({ name }) => name)).toEqual(seattle.columns);
      expect(await service.counts('seattle', 'weather')).toEqual(seattle.weather_counts);
      const names = Object.keys(seattle.mean);
      const agg = names.map((name) => `mean(${name})`).join(',');
      const [means] = await service.aggregate('seattle', `agg=${agg},min(date),max(date)`);
      for (const name of names) close(means?.[`mean(${name})`], seattle.mean[name] ?? NaN);
      const { first_date, last_date } = seattle;
      expect([means?.['min(date)'], means?.['max(date)']]).toEqual([first_date, last_date]);
      const hottest = await first('seattle', 'sort=-temp_max,date');
      expect([hottest['temp_max'], hottest['date']]).toEqual(seattle.hottest);
      const coldest = await first('seattle', 'sort=temp_min,date');
      expect([coldest['temp_min'], coldest['date']]).toEqual(seattle.coldest_min);
    });

    it('Seattle, year by year', async () => {
      const { seattle } = expected;
      const years = await service.aggregate('seattle', 'bucket=year(date)&agg=sum(precipitation)');
      for (const row of years) {
        const year = String(row['year(date)']).slice(0, 4);
        close(row['sum(precipitation)'], seattle.total_precipitation_mm_by_year[year] ?? NaN);
      }
      expect(years).toHaveLength(4);
      const range = 'agg=mean(temp_max)&start=2013-01-01&end=2013-12-31';
      const [year] = await service.aggregate('seattle', range);
      close(year?.['mean(temp_max)'], seattle['between_2013-01-01_and_2013-12-31_mean_temp_max']);
    });

    it('carbon dioxide, month by month', async () => {
      const { co2 } = expected;
      expect((await service.load('co2', 'climate/co2_mauna_loa_monthly.csv')).rows).toBe(co2.rows);
      const typed = ({ Date: date, ...rest }: Row): Row => ({
        Date: date,
        ...Object.fromEntries(Object.entries(rest).map(([name, text]) => [name, Number(text)])),
      });
      expect(await first('co2', 'sort=Date')).toEqual(typed(co2.first));
      expect(await first('co2', 'sort=-Date')).toEqual(typed(co2.last));
      const [mean] = await service.aggregate('co2', 'agg=mean(CO2)&start=2019&end=2019');
      close(mean?.['mean(CO2)'], co2.mean_2019_ppm);
      const most = await first('co2', 'sort=-CO2');
      const least = await first('co2', 'sort=CO2');
      expect([most['CO2'], most['Date']]).toEqual(co2.max_ppm);
      expect([least['CO2'], least['Date']]).toEqual(co2.min_ppm);
    });

    it('the temperature of the earth, year by year, and its trend', async () => {
      const { global_temperature: earth } = expected;
      const body = await service.load('anomaly', 'climate/global_temperature_anomaly.csv');
      expect(body.rows).toBe(earth.rows);
      const [figures] = await service.aggregate('anomaly', 'agg=min(year),max(year),mean(temp)');
      const { first_year, last_year } = earth;
      expect([figures?.['min(year)'], figures?.['max(year)']]).toEqual([first_year, last_year]);
      close(figures?.['mean(temp)'], earth.mean_anomaly_c);
      const warmest = await first('anomaly', 'sort=-temp');
      expect([warmest['temp'], warmest['year']]).toEqual(earth.warmest);
      const coefficients = await service.table({
        ...{ analysis: 'trend', dataset: 'anomaly', params: { x: 'year', y: 'temp' } },
        filter: { year__gte: 1970, year__lte: 2023 },
      });
      const slope = coefficients.find(({ power }) => power === 1)?.['coefficient'];
      close(Number(slope) * 10, earth.trend_1970_2023_c_per_decade, 10);
    });

    allCompared();
  });
}
