import { drawPlot } from './draw-plot.js';
import type { Look } from './picture.js';

const look: Look = {
  title: 'warm',
  theme: 'light',
  legend: 'right',
  width: 200,
  height: 150,
  scale: 1,
};

/** Loads fonts, land, Vega and the encoders by small pictures, so that the first plot of a thread is fast. */
export async function warmPlots(): Promise<void> {
  const dataset = {
    name: 'warm',
    title: 'warm',
    version: '1.1',
    schema: { columns: [], key: '_row', time: null, position: null },
  };
  const task = { dataset, progress: () => undefined };
  const degrees = Float64Array.from({ length: 6_000 }, (_, i) => i % 90);
  const color = { kind: 'number', label: 'c', scale: 'log', values: degrees } as const;
  const points = { style: 'auto', color } as const;
  await drawPlot(
    {
      kind: 'map',
      look,
      projection: 'equalEarth',
      longitudes: degrees,
      latitudes: degrees,
      points,
    },
    task,
  );
  const axis = { label: 'a', scale: 'linear' } as const;
  const series = [{ name: 's', x: degrees.slice(0, 50), y: degrees.slice(0, 50) }];
  await drawPlot(
    {
      kind: 'line',
      look,
      counted: 'row',
      x: axis,
      y: axis,
      forms: [{ form: 'line' }],
      seriesLabel: '',
      series,
    },
    task,
  );
}
