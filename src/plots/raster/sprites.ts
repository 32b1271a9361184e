/** An anti-aliased disc as coverage from 0 to 255; its centre is at (`half` + phase) in both directions. */
export interface Sprite {
  readonly side: number;
  readonly half: number;
  readonly coverage: Uint8Array;
}

const SAMPLES = 8;

/** Places of a centre within its pixel that are told apart, in each direction: small discs need more. */
export const phasesOf = (radius: number): number => (radius < 4 ? 16 : 8);

/** A disc whose centre lies at this offset in its pixel; coverage of the pixels of its edge by 8 x 8 samples. */
export function disc(radius: number, offsetX: number, offsetY: number): Sprite {
  const half = Math.ceil(radius + 1);
  const side = 2 * half + 1;
  const coverage = new Uint8Array(side * side);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const dx = x - half - offsetX;
      const dy = y - half - offsetY;
      const distance = Math.hypot(dx + 0.5, dy + 0.5);
      // Half the diagonal of a pixel: beyond it a pixel is wholly inside or outside.
      const inside =
        distance <= radius - 0.71 ? 1 : distance >= radius + 0.71 ? 0 : covered(dx, dy, radius);
      coverage[y * side + x] = Math.round(inside * 255);
    }
  }
  return { side, half, coverage };
}

function covered(dx: number, dy: number, radius: number): number {
  const square = radius * radius;
  let inside = 0;
  for (let row = 0; row < SAMPLES; row += 1) {
    const y = dy + (row + 0.5) / SAMPLES;
    for (let column = 0; column < SAMPLES; column += 1) {
      const x = dx + (column + 0.5) / SAMPLES;
      if (x * x + y * y <= square) inside += 1;
    }
  }
  return inside / (SAMPLES * SAMPLES);
}
