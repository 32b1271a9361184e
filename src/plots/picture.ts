import type { Points } from './channels.js';
import type { Counted } from './counts.js';
import type {
  LineForm,
  ThemeName,
  LegendPlace,
  ScaleType,
  ValueScale,
  Projection,
} from './choices.js';

/**
 * A picture as plain data: what an analysis hands to `drawPlot`. Typed arrays and texts only, so that
 * it can be sent to a thread. Missing numbers are NaN, missing text has code -1.
 */
export type Picture =
  | LinePicture
  | ScatterPicture
  | HistogramPicture
  | MapPicture
  | BarPicture
  | BoxPicture
  | HeatmapPicture
  | DensityPicture;

/** What every picture has. */
export interface Look {
  readonly title: string;
  readonly subtitle?: string;
  readonly theme: ThemeName;
  readonly palette?: string;
  readonly legend: LegendPlace;
  /** Size in CSS pixels; the PNG has `scale` times as many. */
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  /** One of several in a picture: its title stands above the plot area. */
  readonly panel?: boolean;
  /** Axes whose titles stand at another panel. */
  readonly untitled?: { readonly x: boolean; readonly y: boolean };
  /** Room to be added around the plot area, in CSS pixels. */
  readonly inset?: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
}

export interface AxisRequest {
  readonly label: string;
  /** The label is the caller's: nothing is added to it. */
  readonly labelGiven?: true;
  readonly scale: ScaleType;
  readonly min?: number;
  readonly max?: number;
}

/** A line across the plot area at a value of an axis, such as a threshold. */
export interface Rule {
  readonly axis: 'x' | 'y';
  readonly value: number;
  readonly label?: string;
}

export interface Series {
  readonly name: string;
  /** In ascending order. */
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export interface LinePicture {
  readonly kind: 'line';
  readonly counted: Counted;
  readonly look: Look;
  readonly x: AxisRequest;
  readonly y: AxisRequest;
  /** Of the lines, in turn. */
  readonly forms: readonly LineForm[];
  /** Title of the legend. */
  readonly seriesLabel: string;
  readonly series: readonly Series[];
  readonly rules?: readonly Rule[];
}

export interface ScatterPicture {
  readonly kind: 'scatter';
  readonly counted: Counted;
  readonly look: Look;
  readonly x: AxisRequest;
  readonly y: AxisRequest;
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly points: Points;
  readonly rules?: readonly Rule[];
}

export interface MapPicture {
  readonly kind: 'map';
  readonly look: Look;
  readonly projection: Projection;
  /** Another world than Earth: no land is drawn. */
  readonly bare?: boolean;
  /** Degrees: the part of the world that is shown; all of it by default. */
  readonly window?: Window;
  /** The rows are in order, and joined in it. */
  readonly track?: boolean;
  readonly longitudes: Float64Array;
  readonly latitudes: Float64Array;
  readonly points: Points;
}

export interface Window {
  /** -180 to 180; east of it up to 540 where the window lies across the 180th meridian. */
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

export interface HistogramPicture {
  readonly kind: 'histogram';
  readonly look: Look;
  readonly x: AxisRequest;
  readonly y: AxisRequest;
  /** Adjoining, in ascending order; a value on an edge is in the upper bin, on the last edge in the last. */
  readonly bins: readonly Bin[];
  /** Rows that are in no bin, by reason. */
  readonly left: {
    readonly missing: number;
    readonly notPositive: number;
    readonly outside: number;
  };
}

/** Groups of rows by the values of a column, in the order in which they are drawn. */
export interface Groups {
  readonly label: string;
  /** Unique; `other (12 more)` and `(no value)` come last. */
  readonly names: readonly string[];
  /** How many of them are values of their own. */
  readonly distinct: number;
}

export interface BarPicture {
  readonly kind: 'bar';
  readonly look: Look;
  readonly groups: Groups;
  readonly colors?: Groups;
  readonly value: AxisRequest;
  /** One upon the other, where the values of the colours add up; else side by side. */
  readonly stacked: boolean;
  readonly bars: readonly Bar[];
  readonly notes: readonly string[];
}

export interface Bar {
  /** Indexes into the names. */
  readonly group: number;
  readonly color: number;
  readonly rows: number;
  readonly value: number | null;
}

export interface BoxPicture {
  readonly kind: 'box';
  readonly look: Look;
  readonly groups: Groups;
  readonly colors?: Groups;
  readonly value: AxisRequest;
  readonly boxes: readonly Box[];
  readonly outliers: readonly { group: number; color: number; value: number }[];
  /** Marks the mean of each box. */
  readonly mean: boolean;
  readonly notes: readonly string[];
}

/** Quartiles, and whiskers to the last values within 1.5 interquartile ranges (Tukey 1977). */
export interface Box {
  readonly group: number;
  readonly color: number;
  readonly rows: number;
  readonly low: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly high: number;
  readonly mean: number;
  readonly outliers: number;
}

/** An axis that is divided: by edges, or by groups. */
export type DividedAxis =
  | { readonly kind: 'edges'; readonly axis: AxisRequest; readonly edges: readonly number[] }
  | { readonly kind: 'groups'; readonly groups: Groups };

export interface HeatmapPicture {
  readonly kind: 'heatmap';
  readonly look: Look;
  readonly x: DividedAxis;
  readonly y: DividedAxis;
  readonly color: { readonly label: string; readonly scale: ValueScale };
  readonly cells: readonly Cell[];
  readonly notes: readonly string[];
}

export interface Cell {
  /** Index of the bin or group. */
  readonly x: number;
  readonly y: number;
  readonly rows: number;
  readonly value: number | null;
}

/** Weights on a grid over the plot area, row by row from the bottom, and how far to smooth them. */
export interface DensityPicture {
  readonly kind: 'density';
  readonly look: Look;
  readonly x: AxisRequest;
  /** Absent: a curve over x. */
  readonly y?: AxisRequest;
  readonly columns: number;
  readonly lines: number;
  readonly weights: Float64Array;
  /** Standard deviations of the kernel, in cells. */
  readonly smooth: { readonly x: number; readonly y: number };
  readonly notes: readonly string[];
}
