import { axisOf, places, positionEncoding, stepsAcross, stepsDown } from './axis.js';
import { LOG_NOTE, some } from './counts.js';
import { isDrawable, isWithin } from './extent.js';
import { pick } from './pick.js';
import type { ScatterPicture } from './picture.js';
import type { Plan } from './plan.js';
import { pointsPlan, type Limits } from './points-plan.js';
import type { PointsRequest } from './points-request.js';
import { ruleOver, ruleValues, shownRules } from './rules.js';

/** Points on two axes. */
export function scatterPlan(picture: ScatterPicture, limits?: Limits): Plan {
  const { look, x, y, xs, ys, points, counted } = picture;
  const { chosen, left } = choose(picture);
  const [across, down] = [pick(xs, chosen), pick(ys, chosen)];
  const { rules, notes } = shownRules(picture.rules ?? [], { x, y });
  const xAxis = axisOf(x, [across, ruleValues(rules, 'x')], stepsAcross(look));
  const yAxis = axisOf(y, [down, ruleValues(rules, 'y')], stepsDown(look));
  const axes = { x: xAxis, y: yAxis };
  const request: PointsRequest = {
    look,
    points,
    chosen,
    total: xs.length,
    counted,
    left: [...left, ...notes],
    below: [],
    clip: false,
    encoding: { x: positionEncoding('a', xAxis), y: positionEncoding('b', yAxis) },
    fields: (row) => ({ a: xs[row] ?? null, b: ys[row] ?? null }),
    places: ({ width, height }) => ({
      xs: places(across, xAxis, width, false),
      ys: places(down, yAxis, height, true),
    }),
    ...(rules.length === 0 ? {} : { over: ruleOver(rules, axes, look) }),
  };
  return pointsPlan(request, limits);
}

/** The rows that have a place between the requested ends of the axes, and why the others have none. */
function choose({ x, y, xs, ys }: ScatterPicture): { chosen: Int32Array; left: string[] } {
  const rows = new Int32Array(xs.length);
  const left = { missing: 0, notPositive: 0, outside: 0 };
  let n = 0;
  for (let i = 0; i < xs.length; i += 1) {
    const a = xs[i] ?? NaN;
    const b = ys[i] ?? NaN;
    if (!Number.isFinite(a) || !Number.isFinite(b)) left.missing += 1;
    else if (!isDrawable(a, x.scale) || !isDrawable(b, y.scale)) left.notPositive += 1;
    else if (!isWithin(a, x) || !isWithin(b, y)) left.outside += 1;
    else {
      rows[n] = i;
      n += 1;
    }
  }
  return {
    chosen: rows.subarray(0, n),
    left: [
      ...some(left.missing, `without ${x.label} or ${y.label}`),
      ...some(left.notPositive, LOG_NOTE),
      ...some(left.outside, 'outside the axes'),
    ],
  };
}
