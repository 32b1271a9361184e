import { textWidth } from './fonts.js';
import type { Window } from './picture.js';
import type { Layout, Sides } from './plan.js';
import type { Fitted } from './projection.js';
import type { PlacedText } from './texts.js';

/** Steps of the graticule in degrees. */
const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];
const MOST_LINES = 9;
const GAP = 6;
/** How many times its size a plot area may show beyond a window. */
const REACH = 4;
/** Pixels between the places at which an edge is looked at. */
const STRIDE = 4;

/** Degrees between the lines of the graticule: up to nine of them across the window. */
export function graticuleStep(window: Window | undefined): number {
  if (window === undefined) return 30;
  const span = Math.max(window.east - window.west, window.north - window.south);
  return STEPS.find((step) => span / step <= MOST_LINES) ?? 30;
}

/** Fine graticules are drawn as far only as a plot area may reach beyond its window; null: over all the world. */
export function graticuleExtent(
  window: Window | undefined,
): [[number, number], [number, number]] | null {
  if (window === undefined || graticuleStep(window) >= 10) return null;
  const { west, east, south, north } = window;
  const reach = REACH * Math.max(east - west, north - south);
  return [
    [Math.floor(west - reach), Math.max(-89, Math.floor(south - reach))],
    [Math.ceil(east + reach), Math.min(89, Math.ceil(north + reach))],
  ];
}

/** Room for the labels at two sides of a map of a part of the world. */
export function degreesRoom(window: Window, size: number, room: number): Sides {
  const step = graticuleStep(window);
  const widest = [window.south, window.north].map((at) => textWidth(latitude(at, step), size));
  return {
    left: Math.max(room, Math.ceil(Math.max(...widest)) + GAP + 8),
    bottom: Math.max(room, Math.ceil(size * 1.4) + GAP),
    right: Math.max(room, GAP),
    top: Math.max(room, size),
  };
}

/** The degrees of the lines of the graticule, where they meet the left and the lower edge of the plot area. */
export function degreeTexts(
  fitted: Fitted,
  window: Window,
  { width, height }: Layout,
  size: number,
): PlacedText[] {
  const step = graticuleStep(window);
  const below = regular(
    crossings(width, step, (x) => fitted.position(x, height)?.[0]),
    (degrees) => textWidth(longitude(degrees, step), size) + GAP,
    step,
  );
  const beside = crossings(height, step, (y) => fitted.position(0, y)?.[1]);
  const longitudes = below.flatMap(({ at, degrees }): PlacedText[] => {
    const text = longitude(degrees, step);
    if (at + textWidth(text, size) / 2 > width + GAP) return [];
    return [{ text, x: at, y: height + GAP, align: 'center', baseline: 'top', quiet: true }];
  });
  const latitudes = beside.map(({ at, degrees }): PlacedText => {
    const text = latitude(degrees, step);
    return { text, x: -GAP, y: at, align: 'right', baseline: 'middle', quiet: true };
  });
  return [...longitudes, ...latitudes];
}

/** Every one, or every second or fifth, so that labels of such widths do not meet. */
function regular(
  all: readonly Crossing[],
  widthOf: (degrees: number) => number,
  step: number,
): readonly Crossing[] {
  for (const times of [1, 2, 5]) {
    const some = all.filter(({ degrees }) => Math.round(degrees / step) % times === 0);
    const apart = some.every(({ at, degrees }, i) => {
      const before = some[i - 1];
      if (before === undefined) return true;
      return at - before.at >= (widthOf(degrees) + widthOf(before.degrees)) / 2;
    });
    if (apart) return some;
  }
  return all.slice(0, 1);
}

interface Crossing {
  /** Pixels along the edge. */
  readonly at: number;
  readonly degrees: number;
}

/** Where an edge meets whole steps of degrees. */
function crossings(
  length: number,
  step: number,
  degreesAt: (at: number) => number | undefined,
): Crossing[] {
  const found: Crossing[] = [];
  let before = degreesAt(0);
  for (let at = STRIDE; at <= length; at += STRIDE) {
    const degrees = degreesAt(at);
    if (before !== undefined && degrees !== undefined && Math.abs(degrees - before) < 180) {
      const [low, high] = [Math.min(before, degrees), Math.max(before, degrees)];
      const line = Math.ceil(low / step);
      if (line * step < high) {
        const share = (line * step - before) / (degrees - before);
        found.push({ at: at - STRIDE + share * STRIDE, degrees: line * step });
      }
    }
    before = degrees;
  }
  return found;
}

const named = (degrees: number, step: number, [positive, negative]: readonly [string, string]) => {
  const digits = step >= 1 ? 0 : step >= 0.1 ? 1 : 2;
  const size = Math.abs(degrees).toFixed(digits);
  if (Number(size) === 0) return '0°';
  return `${size}° ${degrees > 0 ? positive : negative}`;
};

const latitude = (degrees: number, step: number): string => named(degrees, step, ['N', 'S']);

function longitude(degrees: number, step: number): string {
  const turned = degrees > 180 ? degrees - 360 : degrees;
  return Math.abs(turned) === 180 ? '180°' : named(turned, step, ['E', 'W']);
}
