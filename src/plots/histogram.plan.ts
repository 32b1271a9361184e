import { axisOf, positionEncoding, stepsAcross, stepsDown } from './axis.js';
import { LOG_NOTE, reach, some } from './counts.js';
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
  const xAxis = axisOf({ ...x, ...ends }, [edges], stepsAcross(look));
  const log = y.scale === 'log';
  // A bar of one must be seen on a logarithm: its foot is at one half.
  const foot = log ? 0.5 : 0;
  const tallest = Math.max(0, ...bins.map((bin) => bin.count));
  const heights = Float64Array.from([foot, tallest]);
  const yAxis = axisOf(
    { min: foot, ...y },
    [heights],
    Math.max(1, Math.min(stepsDown(look), tallest)),
  );
  const theme = themes[look.theme];
  const labelled = counted > 0;
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
          x: positionEncoding('a', { ...xAxis, labelled }),
          x2: { field: 'e' },
          y: positionEncoding('b', { ...yAxis, labelled }),
          y2: { datum: yAxis.domain[0] },
        },
      },
    ],
    notes: [
      reach(counted, total, 'row'),
      ...some(left.missing, `without ${x.label}`),
      ...some(left.notPositive, LOG_NOTE),
      ...some(left.outside, 'outside the bins'),
    ],
    empty: counted === 0,
    fill: () => ({
      data: { bins: data },
      summary: { bins, rows: total, left },
    }),
  };
}
