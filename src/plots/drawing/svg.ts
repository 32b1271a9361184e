import type { Filling } from '../plan.js';
import { encodePng } from '../png/encode-png.js';
import { unmultiplied } from '../raster/blend.js';
import type { Scene } from '../scene.js';
import { putMarks } from './handmade.js';
import { putRaster } from './raster-item.js';

/** Stands for the image in the text: Vega would look for signs to escape in megabytes of it. */
const ADDRESS = 'data:image/png;base64,RASTER';

/** The scene as SVG; a raster is one image in it, in the place of its layer. */
export async function svgOf(
  scene: Scene,
  { raster, stamped }: Pick<Filling, 'raster' | 'stamped'> = {},
): Promise<string> {
  const { view } = scene;
  for (const [layer, marks] of Object.entries(stamped?.marks() ?? {})) putMarks(view, layer, marks);
  if (raster === undefined) return view.toSVG();
  const { width, height } = raster;
  putRaster(scene, raster, { width, height }, ADDRESS);
  const png = encodePng({ pixels: unmultiplied(raster), width, height }, { opaque: false });
  const svg = await view.toSVG();
  return svg.replace('RASTER', () => Buffer.from(png).toString('base64'));
}
