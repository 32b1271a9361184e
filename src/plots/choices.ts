/** What a request may choose for its picture. */
export const themeNames = ['light', 'dark'] as const;
export type ThemeName = (typeof themeNames)[number];

export const legendPlaces = ['right', 'bottom', 'none'] as const;
export type LegendPlace = (typeof legendPlaces)[number];

export const scaleTypes = ['linear', 'log', 'time'] as const;
export type ScaleType = (typeof scaleTypes)[number];
export const valueScales = ['linear', 'log'] as const;
export type ValueScale = (typeof valueScales)[number];

export const projections = [
  'equalEarth',
  'naturalEarth1',
  'mollweide',
  'equirectangular',
  'mercator',
  'orthographic',
] as const;
export type Projection = (typeof projections)[number];

export const lineStyles = ['line', 'step', 'points'] as const;
export type LineStyle = (typeof lineStyles)[number];

/** How one line looks, as `line`, `step`, `points` or a style string of matplotlib says. */
export interface LineForm {
  readonly form: LineStyle | 'dots';
  /** One letter, or C0 to C9: a colour of the palette. */
  readonly color?: string;
  /** Shape of Vega. */
  readonly marker?: string;
  readonly dash?: readonly number[];
}

/** `auto` draws every point up to a number of points, and their density above it. */
export const pointStyles = ['auto', 'points', 'density'] as const;
export type PointStyle = (typeof pointStyles)[number];
