/**
 * Marks that a plan makes itself, from typed arrays, in the place of the marks of one of its layers. They go
 * straight into the scene graph, so that Vega's renderers draw them as PNG and SVG, but Vega's dataflow never
 * sees them: that is what makes many points and long lines fast. Positions are CSS pixels in the plot area.
 */
export type Marks = PathMarks | SymbolMarks;

export interface PathMarks {
  readonly kind: 'paths';
  /** Cut off at the sides of the plot area. */
  readonly clip: boolean;
  readonly paths: readonly StyledPath[];
}

export interface StyledPath {
  readonly path: Path;
  readonly fill?: string;
  readonly stroke?: string;
  readonly strokeWidth?: number;
  readonly strokeJoin?: 'miter' | 'bevel' | 'round';
  readonly strokeCap?: 'butt' | 'round' | 'square';
  readonly strokeDash?: readonly number[];
  readonly opacity?: number;
}

/** A polyline, or several: NaN lifts the pen. */
export interface Path {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  /** Each part is a ring. */
  readonly closed: boolean;
}

export interface SymbolMarks {
  readonly kind: 'symbols';
  readonly clip: boolean;
  readonly symbols: readonly Symbol[];
}

export interface Symbol {
  readonly x: number;
  readonly y: number;
  /** Of Vega: circle, square, cross, diamond, triangle-up, ... */
  readonly shape: string;
  /** Area in square pixels. */
  readonly size: number;
  readonly fill?: string;
  readonly stroke?: string;
  readonly strokeWidth?: number;
  readonly opacity?: number;
}
