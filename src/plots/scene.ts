import { lift } from './drawing/lift.js';
import { putMarks } from './drawing/handmade.js';
import { quiet, runtimeOf } from './drawing/runtimes.js';
import { registerFonts } from './fonts.js';
import type { Look } from './picture.js';
import type { Filling, Layer, Layout } from './plan.js';
import { typographyOf } from './typography.js';
import { vega } from './vega.js';

/** Pictures have all their data with them: nothing is ever read from a file or an address. */
const refuse = (): Promise<never> => Promise.reject(new Error('plots load nothing'));
const loader = {
  load: refuse,
  sanitize: refuse,
  http: refuse,
  file: refuse,
  options: {},
} as unknown as ReturnType<typeof vega.loader>;

/** A compiled frame which has been laid out, ready to be filled and drawn. */
export interface Scene {
  readonly view: vega.View;
  readonly layout: Layout;
}

export async function openScene(spec: Layer, look: Look): Promise<Scene> {
  registerFonts();
  // Frames that differ in their padding only share what is compiled.
  const { padding, ...frame } = spec;
  const { template, signals } = lift(frame);
  const view = new vega.View(runtimeOf(template), { renderer: 'none', loader, logger: quiet });
  setSignals(view, signals);
  view.padding(padding as Padding);
  await view.runAsync();
  return { view, layout: layoutOf(view, look) };
}

/** Lays a scene out again by another specification that compiles to the same. */
export async function resetScene({ view }: Scene, spec: Layer, look: Look): Promise<Scene> {
  const { padding, ...frame } = spec;
  setSignals(view, lift(frame).signals);
  view.padding(padding as Padding);
  view.width(look.width).height(look.height);
  await view.runAsync();
  return { view, layout: layoutOf(view, look) };
}

function setSignals(view: vega.View, signals: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(signals)) view.signal(name, value);
}

type Padding = Record<'left' | 'right' | 'top' | 'bottom', number>;

function layoutOf(view: vega.View, look: Look): Layout {
  const [left, top] = view.origin();
  const { padding } = typographyOf(look);
  return {
    width: Number(view.signal('width')),
    height: Number(view.signal('height')),
    scale: look.scale,
    left: left + padding + (look.inset?.left ?? 0),
    top: top + padding,
    // From the plot area down to the foot, and left to the edge of the titles.
    foot: { footX: 1 - left, footY: look.height - 2 * padding - top },
    color: (value) => String((view.scale('color') as (value: number | string) => unknown)(value)),
  };
}

/** What fills a scene: the filling of the plan, with the signals of the frame. */
export type Filled = Filling & { readonly signals: Readonly<Record<string, unknown>> };

/** Puts rows, signals and handmade marks into a scene. */
export async function fillScene({ view }: Scene, { signals, data, marks }: Filled): Promise<void> {
  for (const [name, value] of Object.entries(signals)) view.signal(name, value);
  for (const [name, rows] of Object.entries(data)) {
    // Vega marks the rows that it is given with symbols of its own.
    view.data(
      name,
      rows.map((row) => ({ ...row })),
    );
  }
  await view.runAsync();
  for (const [layer, made] of Object.entries(marks ?? {})) putMarks(view, layer, made);
}
