import { createCanvas, type Canvas } from 'canvas';

import { RASTER_LAYER, type Raster } from '../plan.js';
import { unmultiplied } from '../raster/blend.js';
import type { Scene } from '../scene.js';
import { placeOf } from './scene-graph.js';

/** Stands for the picture in the item: Vega loads what has another address. */
const OWN = 'raster';

interface Image {
  readonly width: number;
  readonly height: number;
}

/** Puts a raster as an image in the place of its layer, so that the layers above are drawn over it. */
export function putRaster({ view, layout }: Scene, raster: Raster, image: Image, url = OWN): void {
  const { group, index } = placeOf(view, RASTER_LAYER);
  const item = group.items[index]?.items?.[0];
  if (item === undefined) throw new Error('the frame has no place for a raster');
  Object.assign(item, {
    image: Object.assign(image, { src: url, url, complete: true }),
    url,
    x: raster.left / layout.scale - layout.left,
    y: raster.top / layout.scale - layout.top,
    width: raster.width / layout.scale,
    height: raster.height / layout.scale,
  });
}

/** A raster as a canvas, which Vega draws as an image. */
export function canvasOf(raster: Raster): Canvas {
  const { width, height } = raster;
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  const image = context.createImageData(width, height);
  image.data.set(new Uint8Array(unmultiplied(raster).buffer));
  context.putImageData(image, 0, 0);
  return canvas;
}
