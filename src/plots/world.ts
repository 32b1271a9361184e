import { graticuleExtent, graticuleStep } from './degrees.js';
import { graticule, landAround, topology, wholeLand } from './geography.js';
import type { Marks, Path, StyledPath } from './marks.js';
import type { Projection } from './choices.js';
import type { Window } from './picture.js';
import type { Layer, Layout } from './plan.js';
import { fit, type Fitted } from './projection.js';
import type { Theme } from './theme.js';

/** The part of the world that is shown, and whether it is another one than Earth: nothing is known of its land. */
export interface World {
  readonly window: Window | undefined;
  readonly bare: boolean;
}

/** Close up the finer atlas is shown. */
const closeUp = (window: Window | undefined): Window | null =>
  window !== undefined && window.east - window.west <= 90 ? window : null;

type Part = 'sea' | 'graticule' | 'land' | 'outline';

/** The parts of a world, the lowest first. */
const styles = (
  theme: Theme,
  { bare }: World,
): Partial<Record<Part, Omit<StyledPath, 'path'>>> => ({
  sea: { fill: theme.sea },
  graticule: { stroke: theme.grid, strokeWidth: 0.75 },
  ...(bare ? {} : { land: { fill: theme.land, stroke: theme.coast, strokeWidth: 0.5 } }),
  outline: { stroke: theme.axis, strokeWidth: 0.75 },
});

/** Sea, graticule, land and the outline of the world, all below the points of a map. */
export function worldLayers(theme: Theme, world: World): Layer[] {
  const { window } = world;
  const sphere = { sphere: true };
  const close = closeUp(window);
  const step = graticuleStep(window);
  const extent = graticuleExtent(window);
  const data: Record<Part, unknown> = {
    sea: sphere,
    graticule: {
      graticule: { step: [step, step], precision: 1, ...(extent === null ? {} : { extent }) },
    },
    land:
      close === null
        ? { values: topology('110m'), format: { type: 'topojson', feature: 'land' } }
        : { values: landAround(close) },
    outline: sphere,
  };
  return Object.entries(styles(theme, world)).map(([name, style]) => {
    const { fill = null, stroke = null, ...rest } = style;
    const clip = window !== undefined;
    const mark = { type: 'geoshape', clip, fill, stroke, filled: fill !== null, ...rest };
    return { name, data: data[name as Part], mark };
  });
}

/** The marks of those layers, without Vega: its geoshapes are projected three times for one picture. */
export function worldMarks(
  theme: Theme,
  projection: Projection,
  layout: Layout,
  world: World,
): Record<string, Marks> {
  const { window } = world;
  const paths =
    window === undefined
      ? wholeWorld(projection, layout)
      : partOfWorld(projection, layout, { window, bare: world.bare });
  return Object.fromEntries(
    Object.entries(styles(theme, world)).map(([name, style]) => [
      name,
      {
        kind: 'paths',
        clip: window !== undefined,
        paths: [{ ...style, path: paths[name as Part] }],
      },
    ]),
  );
}

type Parts = Readonly<Record<Part, Path>>;

/** The size for which the whole world is projected, once for each projection; then it is only scaled. */
const SIZE = { width: 2_000, height: 2_000 };
const worlds = new Map<Projection, { fitted: Fitted; parts: Parts }>();

function wholeWorld(projection: Projection, layout: Layout): Parts {
  let world = worlds.get(projection);
  if (world === undefined) {
    const fitted = fit(projection, SIZE);
    world = { fitted, parts: partsOf(fitted, wholeLand()) };
    worlds.set(projection, world);
  }
  const { scale, translate } = fit(projection, layout);
  const factor = scale / world.fitted.scale;
  const [fromX, fromY] = world.fitted.translate;
  const moved = ({ xs, ys, closed }: Path): Path => ({
    xs: xs.map((x) => (x - fromX) * factor + translate[0]),
    ys: ys.map((y) => (y - fromY) * factor + translate[1]),
    closed,
  });
  const { sea, graticule: lines, land, outline } = world.parts;
  return { sea: moved(sea), graticule: moved(lines), land: moved(land), outline: moved(outline) };
}

function partOfWorld(
  projection: Projection,
  layout: Layout,
  { window, bare }: World & { readonly window: Window },
): Parts {
  const close = closeUp(window);
  const land = bare ? NO_LAND : close === null ? wholeLand() : landAround(close);
  return partsOf(fit(projection, layout, window), land, window);
}

const NO_LAND = { type: 'MultiPolygon', coordinates: [] };

function partsOf(fitted: Fitted, land: object, window?: Window): Parts {
  const sphere = fitted.outline({ type: 'Sphere' }, true);
  const lines = graticule(graticuleStep(window), graticuleExtent(window));
  return {
    sea: sphere,
    graticule: fitted.outline(lines, false),
    land: fitted.outline(land, true),
    outline: sphere,
  };
}
