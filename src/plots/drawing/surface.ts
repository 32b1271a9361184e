import { createCanvas, type Canvas } from 'canvas';

import type { vega } from '../vega.js';

/** A picture as opaque pixels, one number each in the memory order of RGBA. */
export interface Surface {
  readonly pixels: Uint32Array;
  readonly width: number;
  readonly height: number;
}

/** Above, a canvas is not kept for the next picture: 64 MB. */
const MOST_KEPT = 16_000_000;

let kept: Canvas | null = null;

/**
 * A canvas for a whole picture. It is used again for the next, since new memory for each costs more than drawing
 * it; the background covers what was there. Only one picture is drawn at a time (turns.ts).
 */
export function newSurface(view: vega.View, scale: number): Canvas {
  const { width, height } = sizeOf(view, scale);
  const fits = kept?.width === width && kept.height === height;
  const canvas = kept !== null && fits ? kept : createCanvas(width, height);
  kept = width * height <= MOST_KEPT ? canvas : null;
  return canvas;
}

/** Draws a scene on a canvas, its left upper corner at a place in device pixels. */
export async function paint(
  view: vega.View,
  scale: number,
  canvas: Canvas,
  [left, top]: readonly [number, number] = [0, 0],
): Promise<void> {
  const context = canvas.getContext('2d');
  Object.assign(context, { pixelRatio: scale });
  context.save();
  context.translate(left, top);
  await view.toCanvas(scale, { externalContext: context });
  context.restore();
}

export function pixelsOf(canvas: Canvas): Surface {
  const { width, height } = canvas;
  const bytes = canvas.data();
  const pixels = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  return { pixels, width, height };
}

/** As Vega sizes a canvas of its own. It tells the size of its view nowhere; its version is pinned. */
function sizeOf(view: vega.View, scale: number): { width: number; height: number } {
  const { _viewWidth, _viewHeight } = view as unknown as Record<string, number | undefined>;
  const { left = 0, right = 0, top = 0, bottom = 0 } = view.padding() as Sides;
  return {
    width: Math.floor(((_viewWidth ?? 0) + left + right) * scale),
    height: Math.floor(((_viewHeight ?? 0) + top + bottom) * scale),
  };
}

type Sides = Partial<Record<'left' | 'right' | 'top' | 'bottom', number>>;
