import type { Results } from '../../analyses/analysis.js';
import { jsonResult } from '../../analyses/results.js';
import { altTextOf } from '../alt-text.js';
import { pngResult, svgResult } from '../described.js';
import { plotResults, published } from '../draw-plan.js';
import type { PlotTask } from '../draw-plot.js';
import { newSurface, paint, pixelsOf } from '../drawing/surface.js';
import { canvasOf, putRaster } from '../drawing/raster-item.js';
import { svgOf } from '../drawing/svg.js';
import { inTurn } from '../drawing/turns.js';
import { footerOf } from '../footer.js';
import { fill, layOut, movedIn, type Laid } from '../laid.js';
import type { Look, Picture } from '../picture.js';
import type { Layer, Layout, Plan, Raster } from '../plan.js';
import { planOf } from '../plan-of.js';
import { encodePng } from '../png/encode-png.js';
import { overlay } from '../raster/blend.js';
import { vega } from '../vega.js';
import { aligned, type Insets } from './align.js';
import { cellsOf, NO_ROOM, type Cell, type Room } from './cells.js';
import { concatSpec } from './concat-spec.js';
import { nested } from './nested-svg.js';

export interface Panels {
  /** The look of the whole: its size, title and theme. */
  readonly look: Look;
  readonly pictures: readonly Picture[];
  readonly columns: number;
  /** The panel that has the legend for all: its room is not taken from its plot area. */
  readonly legendAt?: number;
  /** All plot areas have one size. */
  readonly alike?: boolean;
  /** What the subtitle of the whole has to say. */
  readonly notes?: readonly string[];
}

/** What is made of one panel. */
interface Drawn {
  readonly words: string;
  readonly svg: string;
  readonly spec: Layer;
  readonly summary: unknown;
  readonly raster?: Raster;
}

/**
 * Draws pictures in rows and columns, all on one canvas. Each is laid out to be measured; margins are then made
 * equal along rows and columns, so that the plot areas are aligned.
 */
export function drawPanels(panels: Panels, task: PlotTask): Promise<Results> {
  return inTurn(async () => {
    vega.resetSVGDefIds();
    const { look, notes = [] } = panels;
    const blank: Plan = { layers: [], notes, empty: false, room: 0, fill: () => BLANK };
    const whole = await layOut({ look, plan: blank, footer: footerOf(task.dataset) });
    await fill(whole);
    const cells = cellsOf(panels, whole.scene.layout, await legendRoom(panels));
    const laid = await alignedIn(cells, panels);
    task.progress(0.4);
    const wanted = new Set<string>(task.wanted ?? plotResults);
    const canvas = newSurface(whole.scene.view, look.scale);
    await paint(whole.scene.view, look.scale, canvas);
    const drawn: Drawn[] = [];
    for (const [i, one] of laid.entries()) {
      const at = placeOf(cells[i], look.scale);
      drawn.push(
        await drawnPanel(one, wanted, () => paint(one.scene.view, look.scale, canvas, at)),
      );
      task.progress(0.4 + (0.5 * (i + 1)) / laid.length);
    }
    const results = await resultsOf({ panels, cells, whole, drawn, wanted }, canvas);
    whole.scene.view.finalize();
    return results;
  });
}

const BLANK = { data: {}, summary: null };

/** Where a panel is on the canvas, in its pixels. */
const placeOf = (cell: Cell | undefined, scale: number): readonly [number, number] => [
  Math.round((cell?.left ?? 0) * scale),
  Math.round((cell?.top ?? 0) * scale),
];

/** The panels, laid out with plot areas that are aligned. */
async function alignedIn(
  cells: readonly Cell[],
  { columns, alike }: Pick<Panels, 'columns' | 'alike'>,
): Promise<Laid[]> {
  const laid: Laid[] = [];
  for (const { look, picture } of cells) {
    laid.push(await layOut({ kind: picture.kind, look, plan: planOf(picture), footer: '' }));
  }
  const insets = aligned(
    laid.map(({ look, scene }, i) => marginsOf(look, scene.layout, cells[i]?.legend)),
    columns,
    alike,
  );
  const moved: Laid[] = [];
  for (const [i, one] of laid.entries()) {
    const inset = insets[i];
    moved.push(inset === undefined || isNothing(inset) ? one : await movedIn(one, inset));
  }
  return moved;
}

const isNothing = (inset: Insets): boolean => Object.values(inset).every((side) => side === 0);

const marginsOf = (
  { width, height }: Look,
  layout: Layout,
  { right, bottom }: Room = NO_ROOM,
): Insets => ({
  left: layout.left,
  top: layout.top,
  right: width - layout.left - layout.width - right,
  bottom: height - layout.top - layout.height - bottom,
});

/** What the legend takes from its panel. */
async function legendRoom({ pictures, legendAt }: Panels): Promise<Room> {
  const picture = pictures[legendAt ?? -1];
  if (picture === undefined || picture.look.legend === 'none') return NO_ROOM;
  const margins = async (look: Look): Promise<Insets> => {
    const plan = planOf({ ...picture, look });
    const laid = await layOut({ look, plan, footer: '' });
    laid.scene.view.finalize();
    return marginsOf(look, laid.scene.layout);
  };
  const look = { ...picture.look, panel: true };
  const [shown, hidden] = [await margins(look), await margins({ ...look, legend: 'none' })];
  return {
    right: Math.max(0, Math.ceil(shown.right - hidden.right)),
    bottom: Math.max(0, Math.ceil(shown.bottom - hidden.bottom)),
  };
}

async function drawnPanel(
  laid: Laid,
  wanted: ReadonlySet<string>,
  painted: () => Promise<void>,
): Promise<Drawn> {
  const { scene, spec } = laid;
  const filling = await fill(laid);
  const { raster, stamped } = filling;
  const over = laid.plan.over === true;
  if (wanted.has('plot.png')) {
    if (raster !== undefined && over) putRaster(scene, raster, canvasOf(raster));
    await painted();
  }
  const drawn: Drawn = {
    words: altTextOf(laid),
    svg: wanted.has('plot.svg') ? await svgOf(scene, filling) : '',
    spec: wanted.has('spec.json') ? published(spec, filling) : {},
    summary: filling.summary,
    ...(over || !wanted.has('plot.png') ? {} : keptOf(raster ?? stamped?.raster())),
  };
  scene.view.finalize();
  return drawn;
}

/** The raster of a panel for later: the next panel draws its points in the same memory. */
function keptOf(raster: Raster | undefined): Pick<Drawn, 'raster'> {
  return raster === undefined ? {} : { raster: { ...raster, pixels: raster.pixels.slice() } };
}

interface Made {
  readonly panels: Panels;
  readonly cells: readonly Cell[];
  readonly whole: Laid;
  readonly drawn: readonly Drawn[];
  readonly wanted: ReadonlySet<string>;
}

async function resultsOf(made: Made, canvas: ReturnType<typeof newSurface>): Promise<Results> {
  const { panels, cells, whole, drawn, wanted } = made;
  const { look, columns } = panels;
  const words = [
    altTextOf(whole),
    ...drawn.map((one, i) => `Panel ${String(i + 1)}: ${one.words}`),
  ].join(' ');
  const results: Record<string, Results[string]> = {};
  if (wanted.has('plot.png')) {
    const surface = pixelsOf(canvas);
    for (const [i, one] of drawn.entries()) {
      const { raster } = one;
      if (raster === undefined) continue;
      const [right, down] = placeOf(cells[i], look.scale);
      overlay(surface, { ...raster, left: raster.left + right, top: raster.top + down });
    }
    results['plot.png'] = pngResult(encodePng(surface, { opaque: true }), words);
  }
  if (wanted.has('plot.svg')) {
    const parts = drawn.map(({ svg }, i) => ({ ...(cells[i] ?? { left: 0, top: 0 }), svg }));
    const svg = nested(await svgOf(whole.scene), parts);
    results['plot.svg'] = svgResult(svg, look.title, words);
  }
  if (wanted.has('spec.json')) {
    const specs = drawn.map(({ spec }) => spec);
    results['spec.json'] = jsonResult({
      description: words,
      ...concatSpec(specs, columns, look.title),
    });
  }
  if (wanted.has('data.json')) {
    results['data.json'] = jsonResult(drawn.map(({ summary }) => summary));
  }
  return results;
}
