import type { Raster } from '../plan.js';
import { encodePng } from '../png.js';
import { RASTER_LAYER } from '../plan.js';
import { unmultiplied } from '../raster/blend.js';
import type { Scene } from '../scene.js';
import { placeOf } from './scene-graph.js';

/** Stands for the image in the text: Vega would look for signs to escape in megabytes of it. */
const ADDRESS = 'data:image/png;base64,RASTER';

/** The scene as SVG; a raster is one image in it, in the place of its layer. */
export async function svgOf({ view, layout }: Scene, raster?: Raster): Promise<string> {
  if (raster === undefined) return view.toSVG();
  const { group, index } = placeOf(view, RASTER_LAYER);
  const item = group.items[index]?.items?.[0];
  if (item === undefined) throw new Error('the frame has no place for a raster');
  Object.assign(item, {
    image: {
      src: ADDRESS,
      url: ADDRESS,
      complete: true,
      width: raster.width,
      height: raster.height,
    },
    url: ADDRESS,
    x: raster.left / layout.scale - layout.left,
    y: raster.top / layout.scale - layout.top,
    width: raster.width / layout.scale,
    height: raster.height / layout.scale,
  });
  const { width, height } = raster;
  const png = await encodePng({ pixels: unmultiplied(raster), width, height }, { opaque: false });
  const svg = await view.toSVG();
  return svg.replace('RASTER', () => Buffer.from(png).toString('base64'));
}
