import { axisOf, placer, positionEncoding } from './axis.js';
import { some } from './counts.js';
import { isDrawable } from './extent.js';
import type { ScatterPicture } from './picture.js';
import type { Plan } from './plan.js';
import { pointsPlan } from './points-plan.js';

/** Points on two axes. */
export function scatterPlan({ look, x, y, xs, ys, points }: ScatterPicture): Plan {
  const { scale: xScale } = x;
  const { scale: yScale } = y;
  const drawable = xs.map((value, i) =>
    isDrawable(value, xScale) && isDrawable(ys[i] ?? NaN, yScale) ? 1 : 0,
  );
  const xAxis = axisOf(
    x,
    [xs.map((value, i) => (drawable[i] === 1 ? value : NaN))],
    look.width - 160,
    90,
  );
  const yAxis = axisOf(
    y,
    [ys.map((value, i) => (drawable[i] === 1 ? value : NaN))],
    look.height - 120,
    55,
  );
  const rows: number[] = [];
  const left = { missing: 0, notPositive: 0, outside: 0 };
  for (let i = 0; i < xs.length; i += 1) {
    const [a, b] = [xs[i] ?? NaN, ys[i] ?? NaN];
    if (!Number.isFinite(a) || !Number.isFinite(b)) left.missing += 1;
    else if (drawable[i] !== 1) left.notPositive += 1;
    else if (outside(a, xAxis.domain) || outside(b, yAxis.domain)) left.outside += 1;
    else rows.push(i);
  }
  const chosen = Int32Array.from(rows);
  return pointsPlan({
    look,
    points,
    chosen,
    total: xs.length,
    left: [
      ...some(left.missing, `without ${x.label} or ${y.label}`),
      ...some(left.notPositive, 'not above 0, which a logarithm cannot show'),
      ...some(left.outside, 'outside the axes'),
    ],
    below: [],
    above: [],
    encoding: { x: positionEncoding('a', xAxis), y: positionEncoding('b', yAxis) },
    fields: (row) => ({ a: xs[row] ?? null, b: ys[row] ?? null }),
    places: ({ width, height }) => {
      const [across, down] = [placer(xAxis, width, false), placer(yAxis, height, true)];
      return {
        xs: Float64Array.from(chosen, (row) => across(xs[row] ?? NaN)),
        ys: Float64Array.from(chosen, (row) => down(ys[row] ?? NaN)),
      };
    },
  });
}

const outside = (value: number, [low, high]: readonly [number, number]): boolean =>
  value < low || value > high;
