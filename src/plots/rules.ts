import { positionEncoding, placer, type Axis } from './axis.js';
import { some } from './counts.js';
import { isDrawable, isWithin } from './extent.js';
import type { AxisRequest, Look, Rule } from './picture.js';
import type { Layer, Layout, Row } from './plan.js';
import type { Over } from './points-request.js';
import type { PlacedText } from './texts.js';
import { themes } from './theme.js';

interface Axes<A> {
  readonly x: A;
  readonly y: A;
}

/** Lines across the plot area: those that have a place on their axis, and what is said of the others. */
export function shownRules(
  rules: readonly Rule[],
  axes: Axes<AxisRequest>,
): { rules: readonly Rule[]; notes: string[] } {
  const shown = rules.filter(
    ({ axis, value }) => isDrawable(value, axes[axis].scale) && isWithin(value, axes[axis]),
  );
  const left = rules.length - shown.length;
  return { rules: shown, notes: some(left, left === 1 ? 'line outside' : 'lines outside') };
}

/** The values of lines on an axis, which it has to reach. */
export const ruleValues = (rules: readonly Rule[], axis: Rule['axis']): Float64Array =>
  Float64Array.from(rules.flatMap((rule) => (rule.axis === axis ? [rule.value] : [])));

/** In words: `line at y = 1: safe threshold`. */
export const ruleWords = (rules: readonly Rule[]): string[] =>
  rules.map(({ axis, value, label }) => {
    const what = label === undefined ? '' : `: ${label}`;
    return `line at ${axis} = ${String(value)}${what}`;
  });

const DATA = { x: 'rulesX', y: 'rulesY' } as const;
const FIELD = { x: 'a', y: 'b' } as const;
/** Height of a label with the room around it. */
const ROOM = 18;

/** Layers of the lines, which are drawn over everything else. */
export function ruleLayers(rules: readonly Rule[], axes: Axes<Axis>, look: Look): Layer[] {
  const theme = themes[look.theme];
  return (['x', 'y'] as const).flatMap((axis): Layer[] => {
    if (!rules.some((rule) => rule.axis === axis)) return [];
    const mark = {
      ...{ type: 'rule', aria: false, clip: true, color: theme.text, opacity: 0.85 },
      ...{ strokeWidth: 1.25, strokeDash: [6, 4] },
    };
    const encoding = { [axis]: positionEncoding(FIELD[axis], axes[axis]) };
    return [{ name: DATA[axis], data: { name: DATA[axis] }, mark, encoding }];
  });
}

/** The rows of those layers. */
export function ruleRows(rules: readonly Rule[]): Record<string, readonly Row[]> {
  const rows: Record<string, Row[]> = {};
  for (const { axis, value } of rules) (rows[DATA[axis]] ??= []).push({ [FIELD[axis]]: value });
  return rows;
}

/** The labels of the lines: at the right end of one that lies, at the top of one that stands. */
export function ruleTexts(rules: readonly Rule[], axes: Axes<Axis>, layout: Layout): PlacedText[] {
  const { width, height } = layout;
  const across = placer(axes.x, width, false);
  const down = placer(axes.y, height, true);
  return rules.flatMap(({ axis, value, label: text }): PlacedText[] => {
    if (text === undefined) return [];
    if (axis === 'y') {
      const y = down(value);
      // Above the line, or below it where there is no room above.
      const low = y < ROOM;
      const baseline = low ? 'top' : 'bottom';
      return [{ text, align: 'right', baseline, x: width - 4, y: low ? y + 4 : y - 4 }];
    }
    const x = across(value);
    const left = x > width / 2;
    const align = left ? 'right' : 'left';
    return [{ text, align, baseline: 'top', x: left ? x - 5 : x + 5, y: 4 }];
  });
}

/** The lines over points. */
export const ruleOver = (rules: readonly Rule[], axes: Axes<Axis>, look: Look): Over => ({
  layers: ruleLayers(rules, axes, look),
  rows: ruleRows(rules),
  texts: (layout) => ruleTexts(rules, axes, layout),
  inside: true,
  words: ruleWords(rules),
});
