import { axisOf, placer, positionEncoding, type Axis } from './axis.js';
import { legendOf } from './color.js';
import { count, rows, some } from './counts.js';
import { isDrawable } from './extent.js';
import { m4, type Polyline } from './m4.js';
import { categoryColors, singleColor } from './palettes.js';
import type { LinePicture, LineStyle, Look, Series } from './picture.js';
import type { Layer, Layout, Plan, Row } from './plan.js';
import { themes } from './theme.js';

/** More lines than these cannot be told apart by colour. */
export const MOST_SERIES = 20;

/** Lines over a number or time axis; with more than 4 points a pixel column, reduced by M4. */
export function linePlan({ look, x, y, style, seriesLabel, series }: LinePicture): Plan {
  const shown = series.slice(0, MOST_SERIES);
  const xAxis = axisOf(
    x,
    shown.map((one) => drawableX(one, x.scale, y.scale)),
    look.width - 160,
    90,
  );
  const yAxis = axisOf(
    y,
    shown.map((one) => one.y),
    look.height - 120,
    55,
  );
  const left = { missing: 0, notPositive: 0, outside: 0, drawn: 0 };
  const lines = shown.map((one) => clean(one, xAxis, yAxis, left));
  const names = shown.map(({ name }) => name);
  const total = series.reduce((sum, one) => sum + one.y.length, 0);
  const notes = [
    ...(left.drawn === total ? [rows(total)] : [`${count(left.drawn)} of ${rows(total)}`]),
    ...(shown.length === series.length
      ? []
      : [`${shown.length} of ${series.length} series, those with the most rows`]),
    ...some(left.missing, `without ${y.label}`),
    ...some(left.notPositive, 'not above 0, which a logarithm cannot show'),
    ...some(left.outside, 'outside the axes'),
  ];
  return {
    layers: layersOf({ look, style, seriesLabel, names, xAxis, yAxis }),
    notes,
    empty: left.drawn === 0,
    fill: (layout) => {
      const reduced = lines.map((line) => reduce(line, xAxis, layout));
      const data = reduced.flatMap((line, i) => rowsOf(line, names[i] ?? ''));
      const summary = {
        rows: total,
        series: reduced.map((line, i) => summaryOf(line, names[i] ?? '')),
      };
      return { data: { lines: data }, summary };
    },
  };
}

const drawableX = ({ x, y }: Series, xScale: Axis['scale'], yScale: Axis['scale']): Float64Array =>
  x.map((value, i) => (isDrawable(value, xScale) && isDrawable(y[i] ?? NaN, yScale) ? value : NaN));

/** The points of a line that have a place on the x axis; y is NaN where it has none on the y axis. */
function clean(
  { x, y }: Series,
  xAxis: Axis,
  yAxis: Axis,
  left: { missing: number; notPositive: number; outside: number; drawn: number },
): Polyline {
  const xs: number[] = [];
  const ys: number[] = [];
  for (let i = 0; i < x.length; i += 1) {
    const [a, b] = [x[i] ?? NaN, y[i] ?? NaN];
    if (Number.isFinite(a) && !isDrawable(a, xAxis.scale)) left.notPositive += 1;
    else if (!Number.isFinite(a)) left.missing += 1;
    else if (a < xAxis.domain[0] || a > xAxis.domain[1]) left.outside += 1;
    else {
      let value = b;
      if (!Number.isFinite(b)) left.missing += 1;
      else if (!isDrawable(b, yAxis.scale)) {
        left.notPositive += 1;
        value = NaN;
      } else left.drawn += 1;
      xs.push(a);
      ys.push(value);
    }
  }
  return { x: Float64Array.from(xs), y: Float64Array.from(ys) };
}

function reduce(line: Polyline, axis: Axis, { width, scale }: Layout): Polyline {
  const columns = width * scale;
  if (line.x.length <= 4 * columns) return line;
  const place = placer(axis, columns, false);
  return m4(line.x, line.y, (x) => Math.floor(place(x)));
}

/** Rows of Vega's data; a point with gaps on both sides is marked, since no line goes through it. */
const rowsOf = ({ x, y }: Polyline, name: string): Row[] =>
  Array.from(x, (a, i) => {
    const b = y[i] ?? NaN;
    const alone =
      Number.isFinite(b) && !Number.isFinite(y[i - 1] ?? NaN) && !Number.isFinite(y[i + 1] ?? NaN);
    return { a, b: Number.isFinite(b) ? b : null, c: name, p: alone };
  });

const summaryOf = ({ x, y }: Polyline, name: string): unknown => ({
  name,
  x: [...x],
  y: Array.from(y, (value) => (Number.isFinite(value) ? value : null)),
});

interface LineLayers {
  readonly look: Look;
  readonly style: LineStyle;
  readonly seriesLabel: string;
  readonly names: readonly string[];
  readonly xAxis: Axis;
  readonly yAxis: Axis;
}

function layersOf({ look, style, seriesLabel, names, xAxis, yAxis }: LineLayers): Layer[] {
  const single = names.length <= 1;
  const colors = single
    ? [singleColor(themes[look.theme], look.palette)]
    : categoryColors(names.length, look.palette);
  const legend = single
    ? null
    : legendOf(look, { symbolType: 'stroke', symbolStrokeWidth: 2.5, symbolSize: 160 });
  const encoding = {
    x: positionEncoding('a', xAxis),
    y: positionEncoding('b', yAxis),
    color: {
      field: 'c',
      type: 'nominal',
      title: seriesLabel,
      sort: null,
      scale: { domain: names, range: colors },
      legend,
    },
  };
  const data = { name: 'lines' };
  const mark = {
    type: 'line',
    strokeWidth: names.length > 4 ? 1.4 : 1.7,
    strokeJoin: 'round',
    clip: true,
    invalid: 'break-paths-show-domains',
    interpolate: style === 'step' ? 'step-after' : 'linear',
  };
  const dots = { type: 'point', filled: true, shape: 'circle', size: 26, opacity: 1 };
  const alone = style === 'points' ? 'isValid(datum.b)' : 'datum.p';
  return [
    { name: 'lines', data, mark, encoding: { ...encoding, order: { value: null } } },
    { name: 'dots', data, transform: [{ filter: alone }], mark: dots, encoding },
  ];
}
