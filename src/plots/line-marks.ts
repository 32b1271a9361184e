import type { LineForm } from './choices.js';
import type { Marks, Path, StyledPath, Symbol } from './marks.js';

/** Area of the dot of a point, in square pixels. */
export const DOT_AREA = 26;
/** Of other shapes, which look smaller. */
export const SHAPE_AREA = 40;

/** How the lines of a picture look. */
export interface LineLooks {
  readonly colors: readonly string[];
  readonly forms: readonly LineForm[];
  readonly width: number;
  readonly join: 'round' | 'bevel';
}

/** Places of the points of a line in the plot area; NaN interrupts it. */
export interface PlacedLine {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
}

/** Whether a form has a dot at each point, and not at those alone through which no line goes. */
export const isDotted = ({ form }: LineForm): boolean => form === 'points' || form === 'dots';

/** The lines, each one path, and their dots: of all points, or of those through which no line goes. */
export function lineMarks(
  lines: readonly PlacedLine[],
  looks: LineLooks,
): Record<'lines' | 'dots', Marks> {
  const { colors, forms, width, join } = looks;
  const of = (i: number): { form: LineForm; color: string } => ({
    form: forms[i] ?? { form: 'line' },
    color: colors[i] ?? '',
  });
  const paths = lines.flatMap((line, i): StyledPath[] => {
    const { form, color } = of(i);
    if (form.form === 'dots') return [];
    const { dash } = form;
    return [
      {
        path: pathOf(line, form.form === 'step'),
        stroke: color,
        strokeWidth: width,
        strokeJoin: join,
        ...(dash === undefined ? {} : { strokeDash: dash }),
      },
    ];
  });
  const symbols = lines.flatMap((line, i) => dotsOf(line, of(i)));
  return {
    lines: { kind: 'paths', clip: true, paths },
    dots: { kind: 'symbols', clip: false, symbols },
  };
}

function pathOf({ xs, ys }: PlacedLine, step: boolean): Path {
  if (!step) return { xs, ys, closed: false };
  // Each value holds until the next point: two corners a step.
  const stepsX = new Float64Array(2 * xs.length);
  const stepsY = new Float64Array(2 * xs.length);
  for (let i = 0; i < xs.length; i += 1) {
    const before = ys[i - 1] ?? NaN;
    stepsX[2 * i] = xs[i] ?? NaN;
    stepsY[2 * i] = Number.isNaN(ys[i] ?? NaN) ? NaN : before;
    stepsX[2 * i + 1] = xs[i] ?? NaN;
    stepsY[2 * i + 1] = ys[i] ?? NaN;
  }
  return { xs: stepsX, ys: stepsY, closed: false };
}

function dotsOf(
  { xs, ys }: PlacedLine,
  { form, color: fill }: { readonly form: LineForm; readonly color: string },
): Symbol[] {
  const all = isDotted(form);
  const shape = form.marker ?? 'circle';
  const size = shape === 'circle' ? DOT_AREA : SHAPE_AREA;
  const dots: Symbol[] = [];
  for (let i = 0; i < xs.length; i += 1) {
    const [before, y, after] = [ys[i - 1] ?? NaN, ys[i] ?? NaN, ys[i + 1] ?? NaN];
    const alone = Number.isNaN(before) && Number.isNaN(after);
    if (Number.isNaN(y) || !(all || alone)) continue;
    dots.push({ x: xs[i] ?? NaN, y, shape, size, fill });
  }
  return dots;
}
