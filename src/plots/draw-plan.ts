import type { Results } from '../analyses/analysis.js';
import { jsonResult } from '../analyses/results.js';
import { altTextOf, type Shown } from './alt-text.js';
import { pngResult, svgResult } from './described.js';
import { newSurface, paint, pixelsOf } from './drawing/surface.js';
import { canvasOf, putRaster } from './drawing/raster-item.js';
import { svgOf } from './drawing/svg.js';
import { inTurn } from './drawing/turns.js';
import { fill, layOut } from './laid.js';
import { RASTER_LAYER, type Layer } from './plan.js';
import { encodePng } from './png/encode-png.js';
import { overlay } from './raster/blend.js';
import type { Filled, Scene } from './scene.js';
import { vega } from './vega.js';

/** What a drawing can give. */
export const plotResults = ['plot.png', 'plot.svg', 'spec.json', 'data.json'] as const;
export type PlotResult = (typeof plotResults)[number];

/** What is drawn: a plan in its frame. */
export interface Drawing extends Shown {
  /** Only these are made; all by default. */
  readonly wanted?: readonly string[];
  readonly progress: (fraction: number) => void;
}

/** Lays out the frame, fills it, and draws it as PNG and as SVG, or what is wanted of them. */
export function drawPlan(drawing: Drawing): Promise<Results> {
  return inTurn(async () => {
    vega.resetSVGDefIds();
    const laid = await layOut(drawing);
    drawing.progress(0.3);
    const { spec, scene, plan, look } = laid;
    const filling = await fill(laid);
    const words = altTextOf({ ...drawing, plan });
    drawing.progress(0.5);
    const wanted = new Set<string>(drawing.wanted ?? plotResults);
    const results: Record<string, Results[string]> = {};
    if (wanted.has('plot.png')) {
      results['plot.png'] = pngResult(
        await drawPng(scene, look.scale, filling, plan.over === true),
        words,
      );
      drawing.progress(0.8);
    }
    if (wanted.has('plot.svg')) {
      results['plot.svg'] = svgResult(await svgOf(scene, filling), look.title, words);
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

async function drawPng(
  scene: Scene,
  scale: number,
  { raster, stamped }: Filled,
  over: boolean,
): Promise<Uint8Array> {
  if (raster !== undefined && over) putRaster(scene, raster, canvasOf(raster));
  const canvas = newSurface(scene.view, scale);
  await paint(scene.view, scale, canvas);
  // Before the pixels are there: what is made meanwhile would have V8 take them for lasting.
  const above = over ? undefined : (raster ?? stamped?.raster());
  const surface = pixelsOf(canvas);
  if (above !== undefined) overlay(surface, above);
  const png = encodePng(surface, { opaque: true });
  return png;
}

/** The specification with its data in it, so that it draws the same picture elsewhere. */
export function published(spec: Layer, { data, signals, published: rows }: Filled): Layer {
  const params = (spec['params'] as { name: string; value: unknown }[]).map((param) =>
    Object.hasOwn(signals, param.name) ? { ...param, value: signals[param.name] } : param,
  );
  const layers = (spec['layer'] as Layer[]).filter((layer) => layer['name'] !== RASTER_LAYER);
  return { ...spec, params, layer: layers, datasets: { ...data, ...rows?.() } };
}
