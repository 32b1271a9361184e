import { axisOf, placer, positionEncoding, stepsAcross, stepsDown, type Axis } from './axis.js';
import { legendOf } from './color.js';
import { LOG_NOTE, reach, some } from './counts.js';
import { isDrawable, isWithin } from './extent.js';
import { m4, type Polyline } from './m4.js';
import { categoryColors, singleColor } from './palettes.js';
import type { AxisRequest, LinePicture, LineStyle, Look, Series } from './picture.js';
import type { Layer, Layout, Plan, Row } from './plan.js';
import { themes } from './theme.js';

/** More lines than these cannot be told apart by colour. */
export const MOST_SERIES = 20;

/** Lines over a number or time axis; with more than 4 points a pixel column, reduced by M4. */
export function linePlan({ look, x, y, style, seriesLabel, series, counted }: LinePicture): Plan {
  const shown = series.slice(0, MOST_SERIES);
  const left = { missing: 0, notPositive: 0, outside: 0, drawn: 0 };
  const lines = shown.map((one) => clean(one, x, y, left));
  const xAxis = axisOf(x, lines.map(drawnX), stepsAcross(look));
  const yAxis = axisOf(
    y,
    lines.map((line) => line.y),
    stepsDown(look),
  );
  const names = shown.map(({ name }) => name);
  const total = series.reduce((sum, one) => sum + one.y.length, 0);
  return {
    layers: layersOf({ look, style, seriesLabel, names, xAxis, yAxis, dense: total > 2_000 }),
    notes: [
      reach(left.drawn, total, counted),
      ...(shown.length === series.length
        ? []
        : [`${shown.length} of ${series.length} series, those with the most rows`]),
      ...some(left.missing, `without ${x.label} or ${y.label}`),
      ...some(left.notPositive, LOG_NOTE),
      ...some(left.outside, 'outside the axes'),
    ],
    empty: left.drawn === 0,
    room: 3,
    fill: (layout) => {
      const reduced = lines.map((line) => reduce(line, xAxis, layout));
      const named = reduced.map((line, i) => ({ line, name: names[i] ?? '' }));
      return {
        data: { lines: named.flatMap(rowsOf) },
        summary: { rows: total, series: named.map(summaryOf) },
      };
    },
  };
}

const drawnX = ({ x, y }: Polyline): Float64Array =>
  x.filter((_, i) => Number.isFinite(y[i] ?? NaN));

/** The points of a line that have a place on the x axis; y is NaN where it has none on the y axis. */
function clean(
  { x, y }: Series,
  xAxis: AxisRequest,
  yAxis: AxisRequest,
  left: { missing: number; notPositive: number; outside: number; drawn: number },
): Polyline {
  const xs = new Float64Array(x.length);
  const ys = new Float64Array(x.length);
  let n = 0;
  for (let i = 0; i < x.length; i += 1) {
    const a = x[i] ?? NaN;
    const b = y[i] ?? NaN;
    const present = Number.isFinite(a) && Number.isFinite(b);
    const drawable = present && isDrawable(a, xAxis.scale) && isDrawable(b, yAxis.scale);
    if (!present) left.missing += 1;
    else if (!drawable) left.notPositive += 1;
    if (!isDrawable(a, xAxis.scale)) continue;
    if (!isWithin(a, xAxis)) {
      if (drawable) left.outside += 1;
      continue;
    }
    if (drawable) left.drawn += 1;
    xs[n] = a;
    ys[n] = drawable ? b : NaN;
    n += 1;
  }
  return { x: xs.subarray(0, n), y: ys.subarray(0, n) };
}

function reduce(line: Polyline, axis: Axis, { width, scale }: Layout): Polyline {
  const columns = width * scale;
  if (line.x.length <= 4 * columns) return line;
  const place = placer(axis, columns, false);
  return m4(line.x, line.y, (x) => Math.floor(place(x)));
}

interface Named {
  readonly line: Polyline;
  readonly name: string;
}

/** Rows of Vega's data; a point with gaps on both sides is marked, since no line goes through it. */
const rowsOf = ({ line: { x, y }, name }: Named): Row[] =>
  Array.from(x, (a, i) => {
    const [before, b, after] = [y[i - 1] ?? NaN, y[i] ?? NaN, y[i + 1] ?? NaN];
    const alone = !Number.isFinite(before) && !Number.isFinite(after);
    return { a, b: Number.isFinite(b) ? b : null, c: name, p: alone && Number.isFinite(b) };
  });

const summaryOf = ({ line: { x, y }, name }: Named): unknown => ({
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
  /** Many points: joins cannot be seen, and round ones take long. */
  readonly dense: boolean;
}

function layersOf({ look, style, seriesLabel, names, xAxis, yAxis, dense }: LineLayers): Layer[] {
  const single = names.length <= 1;
  const colors = single
    ? [singleColor(themes[look.theme], look.palette)]
    : categoryColors(names.length, themes[look.theme], look.palette);
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
    aria: false,
    strokeWidth: names.length > 4 ? 1.4 : 1.7,
    strokeJoin: dense ? 'bevel' : 'round',
    clip: true,
    invalid: 'break-paths-show-domains',
    interpolate: style === 'step' ? 'step-after' : 'linear',
  };
  const dots = { type: 'point', aria: false, filled: true, shape: 'circle', size: 26, opacity: 1 };
  const alone = style === 'points' ? 'isValid(datum.b)' : 'datum.p';
  return [
    { name: 'lines', data, mark, encoding: { ...encoding, order: { value: null } } },
    { name: 'dots', data, transform: [{ filter: alone }], mark: dots, encoding },
  ];
}
