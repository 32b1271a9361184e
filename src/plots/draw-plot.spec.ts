import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';

import { drawPlot, type PlotTask } from './draw-plot.js';
import type { AxisRequest, Look, Picture } from './picture.js';
import { warmPlots } from './warm.js';

const look: Look = {
  title: 'A title',
  theme: 'light',
  legend: 'right',
  width: 400,
  height: 320,
  scale: 1,
};
const x: AxisRequest = { label: 'x', scale: 'linear' };
const log: AxisRequest = { label: 'y', scale: 'log' };
const task: PlotTask = {
  dataset: {
    name: 'sample',
    title: 'Sample',
    version: '3.1',
    citation: 'A source.',
    schema: { columns: [], key: '_row', time: null, position: null },
  },
  progress: () => undefined,
};
const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('utf8');

function pictures(values: Float64Array): Picture[] {
  const points = {
    style: 'auto',
    color: { kind: 'number', label: 'c', scale: 'log', values },
  } as const;
  const bins = [...values].map((value) => ({ from: value, to: value + 1, count: 3 }));
  const left = { missing: 0, notPositive: 0, outside: 0 };
  return [
    { kind: 'scatter', counted: 'row', look, x, y: log, xs: values, ys: values, points },
    {
      kind: 'map',
      look,
      projection: 'naturalEarth1',
      longitudes: values,
      latitudes: values,
      points,
    },
    {
      kind: 'line',
      counted: 'row',
      look,
      x,
      y: log,
      forms: [{ form: 'line' }],
      seriesLabel: '',
      series: [{ name: 's', x: values, y: values }],
    },
    { kind: 'histogram', look, x, y: { label: 'rows', scale: 'linear' }, bins, left },
  ];
}

const cases: [string, Picture][] = [
  ...pictures(new Float64Array(0)).map((one): [string, Picture] => [`${one.kind} of nothing`, one]),
  ...pictures(Float64Array.of(5)).map((one): [string, Picture] => [`${one.kind} of one row`, one]),
  ...pictures(Float64Array.of(1, 2, 3)).map((one): [string, Picture] => [
    `${one.kind} of three`,
    one,
  ]),
];

describe('a plot', () => {
  it.each(cases)('%s has its size, and the same bytes each time', async (_, picture) => {
    const first = await drawPlot(picture, task);
    const second = await drawPlot(picture, task);
    expect(Object.keys(first)).toEqual(['plot.png', 'plot.svg', 'spec.json', 'data.json']);
    for (const name of Object.keys(first)) {
      expect(Buffer.from(second[name]?.bytes ?? []).equals(first[name]?.bytes ?? Buffer.of())).toBe(
        true,
      );
    }
    const { width, height } = await sharp(first['plot.png']?.bytes).metadata();
    expect([width, height]).toEqual([400, 320]);
  });

  it.each(pictures(Float64Array.of(NaN, -1, 0)).slice(0, 1))(
    'says what it left out, and that nothing is left',
    async (picture) => {
      const svg = text((await drawPlot(picture, task))['plot.svg']?.bytes);
      expect(svg).toContain('No data in this selection');
      expect(svg).toContain('0 of 3 rows; 1 without x or y; 2 not above 0');
      expect(svg).toContain('A source. Dataset sample, version 3.1.');
      expect(svg).toContain(
        'font-family="Inter, DejaVu Sans, Noto Sans SC, Noto Sans JP, Noto Sans KR, sans-serif"',
      );
    },
  );

  it('gives a specification which has the data in it', async () => {
    for (const picture of pictures(Float64Array.of(1, 2, 3))) {
      const results = await drawPlot(picture, task);
      const spec = JSON.parse(text(results['spec.json']?.bytes)) as {
        datasets: Record<string, unknown[]>;
      };
      expect(Object.values(spec.datasets)[0]).toHaveLength(3);
    }
  });

  it('is made in the forms that are wanted only, and is the same then', async () => {
    for (const picture of pictures(Float64Array.of(1, 2, 3))) {
      const all = await drawPlot(picture, task);
      for (const name of Object.keys(all)) {
        const one = await drawPlot(picture, { ...task, wanted: [name] });
        expect(one).toEqual({ [name]: all[name] });
      }
    }
  });

  it('of many points is one image in the SVG, and says that every one is drawn', async () => {
    const values = Float64Array.from({ length: 6_000 }, (_, i) => i + 1);
    const [scatter] = pictures(values);
    if (scatter === undefined) throw new Error('no picture');
    const svg = text((await drawPlot(scatter, task))['plot.svg']?.bytes);
    expect(svg.match(/<image /g)).toHaveLength(1);
    expect(svg).toMatch(/href="data:image\/png;base64,[A-Za-z0-9+/=]{1000,}"/);
    expect(svg).toContain('6,000 rows; every point drawn');
  });

  it('of more points than can be told apart is their density', async () => {
    const values = Float64Array.from({ length: 200_001 }, (_, i) => i % 1000);
    const picture: Picture = {
      ...{ kind: 'scatter', counted: 'row', look, x, y: x, xs: values, ys: values },
      points: { style: 'auto' },
    };
    const results = await drawPlot(picture, task);
    const svg = text(results['plot.svg']?.bytes);
    expect(svg).toContain('density of 200,001 rows');
    expect(svg).toContain('points per pixel');
    expect(JSON.parse(text(results['data.json']?.bytes))).toMatchObject({
      drawn: 'density',
      points: 200_001,
    });
  });

  it('can be warmed', async () => {
    await expect(warmPlots()).resolves.toBeUndefined();
  });
});
