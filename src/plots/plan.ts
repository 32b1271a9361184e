/**
 * How one kind of picture is drawn, in two steps. The plan is made from the picture alone: the
 * layers of the frame, whose scales have explicit domains. When the frame has been laid out, `fill`
 * says what stands in the plot area, to the pixel.
 */
export interface Plan {
  readonly layers: readonly Layer[];
  readonly projection?: Layer;
  /** What the subtitle has to say: what was drawn, and what was left out. */
  readonly notes: readonly string[];
  readonly empty: boolean;
  /** How far marks may reach out of the plot area, in CSS pixels. */
  readonly room?: number;
  /** A line around the plot area. */
  readonly framed?: boolean;
  fill(layout: Layout): Filling;
  /** A plan that needs to have seen the layout once before it is complete. */
  measured?(layout: Layout): Plan;
}

/** A part of a Vega-Lite specification. */
export type Layer = Readonly<Record<string, unknown>>;

/** The plot area in CSS pixels, and device pixels in one of them. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  /** Signals which place the foot. */
  readonly foot: Readonly<Record<string, number>>;
  /** Colours of the scale of that name, for values. */
  color(value: number | string): string;
}

export type Row = Readonly<Record<string, number | string | boolean | null>>;

export interface Filling {
  readonly signals?: Readonly<Record<string, unknown>>;
  /** Rows by the names of the data in the layers. */
  readonly data: Readonly<Record<string, readonly Row[]>>;
  readonly raster?: Raster;
  /** What `data.json` holds. */
  readonly summary: unknown;
}

/** Marks drawn by typed arrays: RGBA device pixels over the plot area and `margin` CSS pixels around it. */
export interface Raster {
  readonly pixels: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  readonly margin: number;
}

/** Name of the layer in whose place a raster is drawn. */
export const RASTER_LAYER = 'raster';

export const rasterLayer: Layer = {
  name: RASTER_LAYER,
  data: { values: [{}] },
  mark: { type: 'image', align: 'left', baseline: 'top', aspect: false },
  encoding: { url: { value: RASTER_LAYER }, x: { value: 0 }, y: { value: 0 } },
};
