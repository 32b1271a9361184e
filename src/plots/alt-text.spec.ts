import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';

import { drawPlot } from './draw-plot.js';
import type { Picture } from './picture.js';

const picture: Picture = {
  kind: 'scatter',
  counted: 'row',
  look: {
    title: 'Mass < size & age',
    theme: 'light',
    legend: 'right',
    width: 400,
    height: 300,
    scale: 1,
  },
  x: { label: 'size (m)', scale: 'linear' },
  y: { label: 'mass (g)', scale: 'log' },
  xs: Float64Array.of(1, 2, 3),
  ys: Float64Array.of(1, 10, -1),
  points: {
    style: 'points',
    color: { kind: 'number', label: 'age', scale: 'linear', values: Float64Array.of(1, 2, 3) },
  },
};
const dataset = {
  name: 'sample',
  title: 'Sample',
  version: '3.1',
  schema: { columns: [], key: '_row', time: null, position: null },
};
const words =
  'Scatter plot. Mass < size & age. x axis: size (m), y axis: mass (g), colour: age. 2 of 3 rows; 1 not above 0, which a logarithm cannot show. Dataset sample, version 3.1.';

describe('a picture in words', () => {
  it('stands in the PNG, the SVG and the specification', async () => {
    const results = await drawPlot(picture, { dataset, progress: () => undefined });
    const text = (name: string): string => Buffer.from(results[name]?.bytes ?? []).toString();
    expect(JSON.parse(text('spec.json'))).toMatchObject({ description: words });
    expect(text('plot.svg')).toContain(
      `role="img"><title>Mass &lt; size &amp; age</title><desc>${words
        .replace('&', '&amp;')
        .replace('<', '&lt;')}</desc>`,
    );
    expect([results['plot.png'], results['plot.svg']]).toMatchObject([
      { description: words },
      { description: words },
    ]);
    const { comments, width } = await sharp(results['plot.png']?.bytes).metadata();
    expect(width).toBe(400);
    expect(comments).toEqual([{ keyword: 'Description', text: words }]);
  });
});
