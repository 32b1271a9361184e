import { axisOf, positionEncoding, stepsAcross, stepsDown, type Axis } from './axis.js';
import { LOG_NOTE, reach, some } from './counts.js';
import { singleColor } from './palettes.js';
import type { HistogramPicture, Look } from './picture.js';
import type { Layer, Plan } from './plan.js';
import { themes } from './theme.js';

/** Bars over bins that were counted by the query. */
export function histogramPlan({ look, x, y, bins, left }: HistogramPicture): Plan {
  const counted = bins.reduce((sum, bin) => sum + bin.count, 0);
  const total = counted + left.missing + left.notPositive + left.outside;
  const [first, last] = [bins[0], bins.at(-1)];
  const ends = first === undefined || last === undefined ? {} : { min: first.from, max: last.to };
  const edges = Float64Array.from(bins.flatMap(({ from, to }) => [from, to]));
  const labelled = counted > 0;
  const xAxis = { ...axisOf({ ...x, ...ends }, [edges], stepsAcross(look)), labelled };
  const log = y.scale === 'log';
  // A bar of one must be seen on a logarithm: its foot is at one half.
  const foot = log ? 0.5 : 0;
  const tallest = Math.max(0, ...bins.map((bin) => bin.count));
  const heights = Float64Array.from([foot, tallest]);
  // Rows are whole: a low axis has fewer ticks. One that goes further, as beside other panels, has theirs.
  const steps = Math.max(1, Math.min(stepsDown(look), Math.max(tallest, y.max ?? 0)));
  const yAxis = { ...axisOf({ min: foot, ...y }, [heights], steps), labelled };
  const data = bins.map((bin) => ({ a: bin.from, e: bin.to, b: bin.count }));
  return {
    layers: [barsLayer(look, bins.length, xAxis, yAxis)],
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

function barsLayer({ theme, palette }: Look, bins: number, xAxis: Axis, yAxis: Axis): Layer {
  return {
    name: 'bars',
    data: { name: 'bins' },
    transform: [{ filter: 'datum.b > 0' }],
    mark: {
      type: 'bar',
      color: singleColor(themes[theme], palette),
      opacity: 0.9,
      stroke: themes[theme].background,
      strokeWidth: bins > 150 ? 0 : 0.75,
      clip: true,
    },
    encoding: {
      x: positionEncoding('a', xAxis),
      x2: { field: 'e' },
      y: positionEncoding('b', yAxis),
      y2: { datum: yAxis.domain[0] },
    },
  };
}
