import type { Path } from '../marks.js';

/** What is used of a canvas context. */
export interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  closePath(): void;
}

export function trace({ xs, ys, closed }: Path, pen: Pen): void {
  let down = false;
  for (let i = 0; i < xs.length; i += 1) {
    const x = xs[i] ?? NaN;
    const y = ys[i] ?? NaN;
    if (Number.isNaN(x) || Number.isNaN(y)) {
      if (down && closed) pen.closePath();
      down = false;
    } else if (down) pen.lineTo(x, y);
    else {
      pen.moveTo(x, y);
      down = true;
    }
  }
  if (down && closed) pen.closePath();
}

/** To a hundredth of a pixel: the `d` of an SVG path. */
export function pathText(path: Path): string {
  const parts: string[] = [];
  const rounded = (value: number): number => Math.round(value * 100) / 100;
  trace(path, {
    moveTo: (x, y) => parts.push(`M${rounded(x)},${rounded(y)}`),
    lineTo: (x, y) => parts.push(`L${rounded(x)},${rounded(y)}`),
    closePath: () => parts.push('Z'),
  });
  return parts.join('');
}
