import type { Marks } from './marks.js';

/**
 * How one kind of picture is drawn, in two steps. The plan is made from the picture alone: the
 * layers of the frame, whose scales have explicit domains. When the frame has been laid out, `fill`
 * says what stands in the plot area, to the pixel.
 *
 * Adding a kind: a type in `picture.ts`, a file `<kind>.plan.ts` with a function from the picture to its plan,
 * a line in `plan-of.ts`. With up to some thousand marks, give rows in `data` and let Vega draw them. With
 * more, name the layer in `handmade` and give `marks` or a `raster`; its rows then go into the published
 * specification only. Use `positionEncoding` and `labelling` of axis.ts for domains and ticks: what they write
 * is recognised as changing with the data, so that the compiled frame is used again for other data.
 */
export interface Plan {
  readonly layers: readonly Layer[];
  readonly projection?: Layer;
  /** What the subtitle has to say: what was drawn, and what was left out. */
  readonly notes: readonly string[];
  readonly empty: boolean;
  /** How far marks may reach out of the plot area, in CSS pixels: to all sides, or to each. */
  readonly room?: number | Sides;
  /** A line around the plot area. */
  readonly framed?: boolean;
  /** What is worth a word in the alternative text, beside axes and notes. */
  readonly words?: readonly string[];
  /** Layers that lie over the raster; else it is drawn over everything, which is quicker. */
  readonly over?: boolean;
  /** Names of layers whose marks `fill` makes; Vega draws their axes and legends only. */
  readonly handmade?: readonly string[];
  readonly fill: (layout: Layout) => Filling;
  /** A plan that needs to have seen the layout once before it is complete. */
  readonly measured?: (layout: Layout) => Plan;
}

export interface Sides {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A part of a Vega-Lite specification. */
export type Layer = Readonly<Record<string, unknown>>;

/** The plot area in CSS pixels, and device pixels in one of them. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  /** Left upper corner of the plot area in the picture. */
  readonly left: number;
  readonly top: number;
  /** Signals which place the foot. */
  readonly foot: Readonly<Record<string, number>>;
  /** Colours of the scale of that name, for values. */
  color(value: number | string): string;
}

export type Row = Readonly<Record<string, number | string | boolean | null>>;

export interface Filling {
  readonly signals?: Readonly<Record<string, unknown>>;
  /** Rows that Vega draws, by the names of the data in the layers. */
  readonly data: Readonly<Record<string, readonly Row[]>>;
  /** Rows of handmade layers for the published specification; made only when it is asked for. */
  readonly published?: () => Readonly<Record<string, readonly Row[]>>;
  /** By the names of handmade layers. */
  readonly marks?: Readonly<Record<string, Marks>>;
  /** Drawn over everything in the plot area, or in the place of its layer: `over` of the plan says so. */
  readonly raster?: Raster;
  /** Marks which a PNG has as a raster over everything. */
  readonly stamped?: Stamped;
  /** What `data.json` holds. */
  readonly summary: unknown;
}

/** Marks in two forms, each made when it is needed. */
export interface Stamped {
  /** In memory that the next raster uses again. */
  raster(): Raster;
  /** By the names of handmade layers. */
  marks(): Readonly<Record<string, Marks>>;
}

/**
 * Marks drawn by typed arrays: RGBA device pixels, colours multiplied by their opacity, in the memory order of
 * the picture. `left` and `top` are device pixels of the picture.
 */
export interface Raster {
  readonly pixels: Uint32Array;
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
}

/** Name of the layer in whose place a raster is drawn in the SVG. */
export const RASTER_LAYER = 'raster';

export const rasterLayer: Layer = {
  name: RASTER_LAYER,
  data: { values: [{}] },
  mark: { type: 'image', align: 'left', baseline: 'top', aspect: false },
  encoding: { url: { value: RASTER_LAYER }, x: { value: 0 }, y: { value: 0 } },
};
