import type { Marks, Path, Symbol } from './marks.js';
import type { LineStyle } from './picture.js';

/** Area of the dot of a point, in square pixels. */
export const DOT_AREA = 26;

/** How the lines of a picture look. */
export interface LineLooks {
  readonly colors: readonly string[];
  readonly width: number;
  readonly join: 'round' | 'bevel';
}

/** Places of the points of a line in the plot area; NaN interrupts it. */
export interface PlacedLine {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
}

/** The lines, each one path, and their dots: of all points, or of those through which no line goes. */
export function lineMarks(
  lines: readonly PlacedLine[],
  { colors, width, join }: LineLooks,
  style: LineStyle,
): Record<'lines' | 'dots', Marks> {
  const colorOf = (i: number): string => colors[i] ?? '';
  const paths = lines.map((line, i) => ({
    path: pathOf(line, style),
    stroke: colorOf(i),
    strokeWidth: width,
    strokeJoin: join,
  }));
  const symbols = lines.flatMap((line, i) => dotsOf(line, colorOf(i), style === 'points'));
  return {
    lines: { kind: 'paths', clip: true, paths },
    dots: { kind: 'symbols', clip: false, symbols },
  };
}

function pathOf({ xs, ys }: PlacedLine, style: LineStyle): Path {
  if (style !== 'step') return { xs, ys, closed: false };
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

function dotsOf({ xs, ys }: PlacedLine, fill: string, all: boolean): Symbol[] {
  const dots: Symbol[] = [];
  for (let i = 0; i < xs.length; i += 1) {
    const [before, y, after] = [ys[i - 1] ?? NaN, ys[i] ?? NaN, ys[i + 1] ?? NaN];
    const alone = Number.isNaN(before) && Number.isNaN(after);
    if (Number.isNaN(y) || !(all || alone)) continue;
    dots.push({ x: xs[i] ?? NaN, y, shape: 'circle', size: DOT_AREA, fill });
  }
  return dots;
}
