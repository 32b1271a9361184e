import type { Results } from '../analyses/analysis.js';
import { jsonResult } from '../analyses/results.js';
import { altTextOf } from './alt-text.js';
import { pngResult, svgResult } from './described.js';
import { drawnSpec } from './drawing/drawn-spec.js';
import { paint } from './drawing/surface.js';
import { svgOf } from './drawing/svg.js';
import { inTurn } from './drawing/turns.js';
import { footLines, frame } from './frame.js';
import type { Look, Picture } from './picture.js';
import { RASTER_LAYER, type Layer, type Plan } from './plan.js';
import { encodePng } from './png.js';
import { overlay } from './raster/blend.js';
import { fillScene, openScene, type Filled, type Scene } from './scene.js';
import { vega } from './vega.js';

/** What a drawing can give. */
export const plotResults = ['plot.png', 'plot.svg', 'spec.json', 'data.json'] as const;
export type PlotResult = (typeof plotResults)[number];

/** What is drawn: a plan in its frame. */
export interface Drawing {
  /** None: the frame of several. */
  readonly kind?: Picture['kind'];
  readonly look: Look;
  readonly plan: Plan;
  readonly footer: string;
  /** Only these are made; all by default. */
  readonly wanted?: readonly string[];
  readonly progress: (fraction: number) => void;
}

/** Lays out the frame, fills it, and draws it as PNG and as SVG, or what is wanted of them. */
export function drawPlan(drawing: Drawing): Promise<Results> {
  return inTurn(async () => {
    const { spec, scene, filling, words } = await filled(drawing);
    drawing.progress(0.5);
    const wanted = new Set<string>(drawing.wanted ?? plotResults);
    const results: Record<string, Results[string]> = {};
    if (wanted.has('plot.png')) {
      const png = await drawPng(scene, drawing.look.scale, filling);
      results['plot.png'] = pngResult(png, words);
      drawing.progress(0.8);
    }
    if (wanted.has('plot.svg')) {
      const svg = await svgOf(scene, filling.raster);
      results['plot.svg'] = svgResult(svg, drawing.look.title, words);
    }
    scene.view.finalize();
    if (wanted.has('spec.json')) {
      results['spec.json'] = jsonResult({ description: words, ...published(spec, filling) });
    }
    if (wanted.has('data.json')) results['data.json'] = jsonResult(filling.summary);
    drawing.progress(1);
    return results;
  });
}

interface Ready {
  readonly spec: Layer;
  readonly scene: Scene;
  readonly filling: Filled;
  /** The picture in words. */
  readonly words: string;
}

async function filled({ look, footer, progress, ...drawing }: Drawing): Promise<Ready> {
  vega.resetSVGDefIds();
  let { plan } = drawing;
  let spec = frame(look, plan, footer);
  let scene = await openScene(drawnSpec(spec, plan), look);
  progress(0.2);
  if (plan.measured !== undefined) {
    plan = plan.measured(scene.layout);
    spec = frame(look, plan, footer);
    scene.view.finalize();
    scene = await openScene(drawnSpec(spec, plan), look);
  }
  const { signals, ...rest } = plan.fill(scene.layout);
  const footText = footLines(look, footer).join('');
  const filling = { ...rest, signals: { ...scene.layout.foot, footText, ...signals } };
  await fillScene(scene, filling);
  return { spec, scene, filling, words: altTextOf({ ...drawing, look, plan, footer }) };
}

async function drawPng(scene: Scene, scale: number, { raster }: Filled): Promise<Uint8Array> {
  const surface = await paint(scene.view, scale);
  if (raster !== undefined) overlay(surface, raster);
  const png = await encodePng(surface, { opaque: true });
  // The memory of a canvas is given back in a turn of the event loop.
  await new Promise((resolve) => setImmediate(resolve));
  return png;
}

/** The specification with its data in it, so that it draws the same picture elsewhere. */
function published(spec: Layer, { data, signals, published: rows }: Filled): Layer {
  const params = (spec['params'] as { name: string; value: unknown }[]).map((param) =>
    Object.hasOwn(signals, param.name) ? { ...param, value: signals[param.name] } : param,
  );
  const layers = (spec['layer'] as Layer[]).filter((layer) => layer['name'] !== RASTER_LAYER);
  return { ...spec, params, layer: layers, datasets: { ...data, ...rows?.() } };
}
