import sharp from 'sharp';

import { quiet } from '../../src/plots/drawing/runtimes.js';
import { registerFonts } from '../../src/plots/fonts.js';
import { compile, vega } from '../../src/plots/vega.js';

/** RGB values of a PNG. */
export const pixelsOfPng = (png: Uint8Array | undefined): Promise<Buffer> =>
  sharp(png).removeAlpha().raw().toBuffer();

/** RGB values of a Vega-Lite specification as Vega alone draws it. */
export async function pixelsOfSpec(spec: object, scale: number): Promise<Buffer> {
  registerFonts();
  const runtime = vega.parse(compile(spec as never, { logger: quiet }).spec);
  const view = new vega.View(runtime, { renderer: 'none', logger: quiet });
  const canvas = (await view.toCanvas(scale)) as unknown as { toBuffer(type: string): Buffer };
  view.finalize();
  return pixelsOfPng(canvas.toBuffer('image/png'));
}

export interface Difference {
  readonly largest: number;
  /** Part of the values that are off by more than 32. */
  readonly far: number;
}

/** @throws Error for pictures of different sizes */
export function differenceOf(a: Buffer, b: Buffer): Difference {
  if (a.length !== b.length) throw new Error(`${a.length} and ${b.length} values`);
  let largest = 0;
  let far = 0;
  // Neither globals nor calls: in the sandbox of Jest each lookup of `Math` takes longer than a comparison.
  for (let i = 0; i < a.length; i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    const off = difference < 0 ? -difference : difference;
    if (off > largest) largest = off;
    if (off > 32) far += 1;
  }
  return { largest, far: far / a.length };
}
