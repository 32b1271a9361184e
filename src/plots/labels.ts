import { textWidth } from './fonts.js';
import type { Layout } from './plan.js';
import type { PlacedText } from './texts.js';

/** More points have no labels: there is no room for them. */
export const MOST_LABELS = 200;
const GAP = 3;
/** A longer label is cut. */
const LONGEST = 60;

/** Points in the plot area, each with the text that is to stand beside it. */
export interface LabelledPoints {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly texts: readonly (string | null)[];
  readonly radii: readonly number[];
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const meet = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/**
 * Labels beside their points: to the right, to the left, above or below, wherever they hide no point and no other
 * label; one that finds no place is left out.
 */
export function placeLabels(
  { xs, ys, texts, radii }: LabelledPoints,
  { width, height }: Pick<Layout, 'width' | 'height'>,
  size: number,
): PlacedText[] {
  const around = (x: number, y: number, half: number): Box => ({
    left: x - half,
    right: x + half,
    top: y - half,
    bottom: y + half,
  });
  const taken = Array.from(xs, (x, i) => around(x, ys[i] ?? NaN, radii[i] ?? 0));
  const area: Box = { left: 0, right: width, top: 0, bottom: height };
  return texts.flatMap((given, i): PlacedText[] => {
    const [x, y] = [xs[i] ?? NaN, ys[i] ?? NaN];
    if (given === null || Number.isNaN(x) || Number.isNaN(y)) return [];
    const text = given.length > LONGEST ? `${given.slice(0, LONGEST)}…` : given;
    const off = (radii[i] ?? 0) + GAP;
    const candidates: PlacedText[] = [
      { text, x: x + off, y, align: 'left', baseline: 'middle' },
      { text, x: x - off, y, align: 'right', baseline: 'middle' },
      { text, x, y: y - off, align: 'center', baseline: 'bottom' },
      { text, x, y: y + off, align: 'center', baseline: 'top' },
    ];
    const wide = textWidth(text, size);
    for (const candidate of candidates) {
      const box = boxOf(candidate, wide, size * 1.2);
      const inside =
        box.left >= area.left &&
        box.right <= area.right &&
        box.top >= area.top &&
        box.bottom <= area.bottom;
      if (!inside || taken.some((other, j) => j !== i && meet(box, other))) continue;
      taken.push(box);
      return [candidate];
    }
    return [];
  });
}

function boxOf({ x, y, align, baseline }: PlacedText, width: number, height: number): Box {
  const left = align === 'left' ? x : align === 'right' ? x - width : x - width / 2;
  const top = baseline === 'top' ? y : baseline === 'bottom' ? y - height : y - height / 2;
  return { left, right: left + width, top, bottom: top + height };
}
