import { axisOf, positionEncoding } from './axis.js';
import { count, rows, some } from './counts.js';
import { singleColor } from './palettes.js';
import type { HistogramPicture } from './picture.js';
import type { Plan } from './plan.js';
import { themes } from './theme.js';

/** Bars over bins that were counted by the query. */
export function histogramPlan({ look, x, y, bins, left }: HistogramPicture): Plan {
  const counted = bins.reduce((sum, bin) => sum + bin.count, 0);
  const total = counted + left.missing + left.notPositive + left.outside;
  const [first, last] = [bins[0], bins.at(-1)];
  const ends = first === undefined || last === undefined ? {} : { min: first.from, max: last.to };
  const edges = Float64Array.from(bins.flatMap(({ from, to }) => [from, to]));
  const xAxis = axisOf({ ...x, ...ends }, [edges], look.width - 120, 90);
  const log = y.scale === 'log';
  // A bar of one must be seen on a logarithm: its foot is at one half.
  const foot = log ? 0.5 : 0;
  const heights = Float64Array.from([foot, ...bins.map((bin) => bin.count)]);
  const yAxis = axisOf({ min: foot, ...y }, [heights], look.height - 120, 55);
  const theme = themes[look.theme];
  const data = bins.map((bin) => ({ a: bin.from, e: bin.to, b: bin.count }));
  return {
    layers: [
      {
        name: 'bars',
        data: { name: 'bins' },
        transform: [{ filter: 'datum.b > 0' }],
        mark: {
          type: 'bar',
          color: singleColor(theme, look.palette),
          opacity: 0.9,
          stroke: theme.background,
          strokeWidth: bins.length > 150 ? 0 : 0.75,
          clip: true,
        },
        encoding: {
          x: positionEncoding('a', xAxis),
          x2: { field: 'e' },
          y: positionEncoding('b', { ...yAxis, labelled: counted > 0 }),
          y2: { datum: yAxis.domain[0] },
        },
      },
    ],
    notes: [
      counted === total ? rows(total) : `${count(counted)} of ${rows(total)}`,
      ...some(left.missing, `without ${x.label}`),
      ...some(left.notPositive, 'not above 0, which a logarithm cannot show'),
      ...some(left.outside, 'outside the bins'),
    ],
    empty: counted === 0,
    fill: () => ({
      data: { bins: data },
      summary: { bins, rows: total, left },
    }),
  };
}
