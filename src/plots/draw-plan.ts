import { createCanvas, ImageData, type Canvas } from 'canvas';

import type { Results } from '../analyses/analysis.js';
import { jsonResult, textResult } from '../analyses/results.js';
import { footLines, frame } from './frame.js';
import type { Look } from './picture.js';
import { RASTER_LAYER, type Layer, type Plan, type Raster } from './plan.js';
import { encodePng } from './png.js';
import { fillScene, openScene, rasterItem, type Filled, type Scene } from './scene.js';
import { vega } from './vega.js';

/** What is drawn: a plan in its frame. */
export interface Drawing {
  readonly look: Look;
  readonly plan: Plan;
  readonly footer: string;
  progress(fraction: number): void;
}

/** Lays out the frame, fills it and draws it twice, as PNG and as SVG. */
export async function drawPlan(drawing: Drawing): Promise<Results> {
  vega.resetSVGDefIds();
  const { look, footer } = drawing;
  let { plan } = drawing;
  let spec = frame(look, plan, footer);
  let scene = await openScene(spec, look);
  drawing.progress(0.2);
  if (plan.measured !== undefined) {
    plan = plan.measured(scene.layout);
    spec = frame(look, plan, footer);
    scene.view.finalize();
    scene = await openScene(spec, look);
  }
  const { signals, ...rest } = plan.fill(scene.layout);
  const filling = {
    ...rest,
    signals: { ...scene.layout.foot, footText: footLines(look, footer).join(''), ...signals },
  };
  await fillScene(scene, filling);
  drawing.progress(0.5);
  const raster = filling.raster === undefined ? null : place(scene, filling.raster);
  const png = await drawPng(scene, look.scale, raster);
  drawing.progress(0.8);
  const svg = await drawSvg(scene, raster);
  scene.view.finalize();
  drawing.progress(1);
  return {
    'plot.png': { type: 'image/png', bytes: png },
    'plot.svg': textResult('image/svg+xml', svg),
    'spec.json': jsonResult(published(spec, filling)),
    'data.json': jsonResult(filling.summary),
  };
}

interface Placed {
  readonly canvas: Canvas;
  readonly raster: Raster;
}

/** Vega draws whatever an image item holds: here the canvas with the points. */
function place(scene: Scene, raster: Raster): Placed {
  const canvas = createCanvas(raster.width, raster.height);
  const pixels = new ImageData(raster.pixels, raster.width, raster.height);
  canvas.getContext('2d').putImageData(pixels, 0, 0);
  Object.assign(canvas, { url: RASTER_LAYER });
  const { width, height } = scene.layout;
  Object.assign(rasterItem(scene), {
    image: canvas,
    x: -raster.margin,
    y: -raster.margin,
    width: width + 2 * raster.margin,
    height: height + 2 * raster.margin,
  });
  return { canvas, raster };
}

async function drawPng(scene: Scene, scale: number, raster: Placed | null): Promise<Uint8Array> {
  // Device pixels meet device pixels: no smoothing between them.
  if (raster !== null) rasterItem(scene)['smooth'] = false;
  const canvas = (await scene.view.toCanvas(scale)) as unknown as Canvas;
  const { width, height } = canvas;
  const png = await encodePng({ pixels: canvas.data(), width, height }, { opaque: true });
  // The memory of a canvas is given back in a turn of the event loop.
  await new Promise((resolve) => setImmediate(resolve));
  return png;
}

async function drawSvg(scene: Scene, placed: Placed | null): Promise<string> {
  if (placed !== null) {
    const png = Buffer.from(await encodePng(placed.raster, { opaque: false })).toString('base64');
    Object.assign(placed.canvas, { toDataURL: () => `data:image/png;base64,${png}` });
    rasterItem(scene)['smooth'] = true;
  }
  return scene.view.toSVG();
}

/** The specification with its data in it, so that it draws the same picture elsewhere. */
function published(spec: Layer, { data, signals }: Filled): Layer {
  const params = (spec['params'] as { name: string; value: unknown }[]).map((param) =>
    Object.hasOwn(signals, param.name) ? { ...param, value: signals[param.name] } : param,
  );
  const layers = (spec['layer'] as Layer[]).filter((layer) => layer['name'] !== RASTER_LAYER);
  return { ...spec, params, layer: layers, datasets: data };
}
