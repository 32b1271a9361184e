import type { ThemeName } from '../../plots/choices.js';
import type { ProblemJson } from '../../errors/problem.js';

/** What the drawing process is asked for. */
export interface SpecDrawing {
  readonly spec: Readonly<Record<string, unknown>>;
  /** The rows as JSON text: a list of objects. */
  readonly rows: string;
  readonly theme: ThemeName;
  readonly title?: string;
  readonly subtitle?: string;
  readonly width: number;
  readonly height: number;
  readonly scale: number;
}

export interface DrawnSpec {
  readonly png: Uint8Array;
  readonly svg: string;
  /** The specification as it was drawn, with its data. */
  readonly spec: string;
  /** The picture in words: the description of the specification, or its title. */
  readonly description: string;
  /** What Vega-Lite remarked, such as a channel that a mark does not have. */
  readonly warnings: readonly string[];
}

export type DrawingAnswer =
  { readonly drawn: DrawnSpec } | { readonly problem: ProblemJson } | { readonly fault: string };
