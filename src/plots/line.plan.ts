import { axisOf, places, stepsAcross, stepsDown, type Axis } from './axis.js';
import { LOG_NOTE, reach, some } from './counts.js';
import { isDrawable, isWithin } from './extent.js';
import { lineLayers, looksOf, looksOfLines } from './line-layers.js';
import { isDotted, lineMarks } from './line-marks.js';
import { ruleLayers, ruleRows, ruleTexts, ruleValues, ruleWords, shownRules } from './rules.js';
import { textLayers, textRows } from './texts.js';
import type { LineForm } from './choices.js';
import { m4, type Polyline } from './m4.js';
import type { AxisRequest, LinePicture, Series } from './picture.js';
import type { Layout, Plan, Row } from './plan.js';

/** More lines than these cannot be told apart by colour. */
export const MOST_SERIES = 20;

/** Lines over a number or time axis; with more than 4 points a pixel column, reduced by M4. */
export function linePlan(picture: LinePicture): Plan {
  const { look, x, y, seriesLabel, series, counted } = picture;
  const all = [...new Set(series.map(({ name }) => name))];
  const names = all.slice(0, MOST_SERIES);
  const shown = series.filter(({ name }) => names.includes(name));
  const left = { missing: 0, notPositive: 0, outside: 0, drawn: 0 };
  const lines = shown.map((one) => clean(one, x, y, left));
  const { rules, notes: ruleNotes } = shownRules(picture.rules ?? [], { x, y });
  const xAxis = axisOf(x, [...lines.map(drawnX), ruleValues(rules, 'x')], stepsAcross(look));
  const yAxis = axisOf(
    y,
    [...lines.map((line) => line.y), ruleValues(rules, 'y')],
    stepsDown(look),
  );
  const axes = { x: xAxis, y: yAxis };
  const labelled = rules.some(({ label }) => label !== undefined);
  const total = series.reduce((sum, one) => sum + one.y.length, 0);
  const looks = looksOf(picture, names.length, total);
  const repeated = shown.length > names.length;
  const own = looksOfLines(
    looks,
    shown.map(({ name }) => names.indexOf(name)),
  );
  return {
    layers: [
      ...lineLayers({ look, seriesLabel, names, xAxis, yAxis, looks, repeated }),
      ...ruleLayers(rules, axes, look),
      ...(labelled ? textLayers(look) : []),
    ],
    handmade: ['lines', 'dots'],
    words: ruleWords(rules),
    notes: [
      reach(left.drawn, total, counted),
      ...(names.length === all.length
        ? []
        : [`${names.length} of ${all.length} series, those with the most rows`]),
      ...some(left.missing, `without ${x.label} or ${y.label}`),
      ...some(left.notPositive, LOG_NOTE),
      ...some(left.outside, 'outside the axes'),
      ...ruleNotes,
    ],
    empty: left.drawn === 0,
    room: 3,
    fill: (layout) => {
      const reduced = lines.map((line) => reduce(line, xAxis, layout));
      const named = reduced.map((line, i) => {
        const form = own.forms[i] ?? { form: 'line' };
        const of = repeated ? { s: i } : {};
        return { line, name: shown[i]?.name ?? '', form, of };
      });
      const { width, height } = layout;
      const placed = reduced.map((line) => ({
        xs: places(line.x, xAxis, width, false),
        ys: places(line.y, yAxis, height, true),
      }));
      return {
        data: {
          ...ruleRows(rules),
          ...(labelled ? textRows(ruleTexts(rules, axes, layout)) : {}),
        },
        published: () => ({ lines: named.flatMap(rowsOf) }),
        marks: lineMarks(placed, own),
        summary: { rows: total, series: named.map(summaryOf) },
      };
    },
  };
}

/** The values of x at which there is a point. */
function drawnX({ x, y }: Polyline): Float64Array {
  const drawn = new Float64Array(x.length);
  let n = 0;
  for (let i = 0; i < x.length; i += 1) {
    if (Number.isNaN(y[i] ?? NaN)) continue;
    drawn[n] = x[i] ?? NaN;
    n += 1;
  }
  return drawn.subarray(0, n);
}

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
  return line.x.length <= 4 * columns
    ? line
    : m4(line.x, line.y, places(line.x, axis, columns, false));
}

interface Named {
  readonly line: Polyline;
  readonly name: string;
  readonly form: LineForm;
  /** Which line it is, where several have one name. */
  readonly of: Row;
}

/** Rows of Vega's data; a point that has a dot is marked: one with gaps on both sides, since no line goes through it. */
const rowsOf = ({ line: { x, y }, name, form, of }: Named): Row[] =>
  Array.from(x, (a, i) => {
    const [before, b, after] = [y[i - 1] ?? NaN, y[i] ?? NaN, y[i + 1] ?? NaN];
    const alone = !Number.isFinite(before) && !Number.isFinite(after);
    const dot = (alone || isDotted(form)) && Number.isFinite(b);
    return { a, b: Number.isFinite(b) ? b : null, c: name, p: dot, ...of };
  });

const summaryOf = ({ line: { x, y }, name }: Named): unknown => ({
  name,
  x: [...x],
  y: Array.from(y, (value) => (Number.isFinite(value) ? value : null)),
});
