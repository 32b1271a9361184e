import { registerFonts } from './fonts.js';
import type { Look } from './picture.js';
import { RASTER_LAYER, type Filling, type Layer, type Layout } from './plan.js';
import { typographyOf } from './typography.js';
import { compile, vega } from './vega.js';

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

const quiet = vega.logger(vega.Error);

export async function openScene(spec: Layer, look: Look): Promise<Scene> {
  registerFonts();
  const compiled = compile(spec as never, { logger: quiet });
  const view = new vega.View(vega.parse(compiled.spec), {
    renderer: 'none',
    loader,
    logger: quiet,
  });
  await view.runAsync();
  const [left, top] = view.origin();
  const { padding } = typographyOf(look);
  // From the plot area down to the foot, and left to the edge of the titles.
  const foot = { footX: 1 - left, footY: look.height - 2 * padding - top };
  const layout: Layout = {
    width: Number(view.signal('width')),
    height: Number(view.signal('height')),
    scale: look.scale,
    foot,
    color: (value) => String((view.scale('color') as (value: number | string) => unknown)(value)),
  };
  return { view, layout };
}

/** What fills a scene: the filling of the plan, with the signals of the frame. */
export type Filled = Filling & { readonly signals: Readonly<Record<string, unknown>> };

/** Puts rows, signals and the place of the raster into a scene. */
export async function fillScene({ view }: Scene, { signals, data }: Filled): Promise<void> {
  for (const [name, value] of Object.entries(signals)) view.signal(name, value);
  for (const [name, rows] of Object.entries(data)) {
    // Vega marks the rows that it is given with symbols of its own.
    view.data(
      name,
      rows.map((row) => ({ ...row })),
    );
  }
  await view.runAsync();
}

/** An item of a Vega scene graph, as far as it is used here. */
export interface SceneItem {
  name?: string;
  items?: SceneItem[];
  [property: string]: unknown;
}

/** The image which stands in the place of the marks. */
export function rasterItem({ view }: Scene): SceneItem {
  const { root } = view.scenegraph() as unknown as { root: SceneItem };
  const found = find(root, `${RASTER_LAYER}_marks`)?.items?.[0];
  if (found === undefined) throw new Error('the frame has no place for a raster');
  return found;
}

function find(item: SceneItem, name: string): SceneItem | undefined {
  if (item.name === name) return item;
  for (const child of item.items ?? []) {
    const found = find(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
