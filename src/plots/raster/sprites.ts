/** An anti-aliased disc as coverage from 0 to 255; its centre is at (`half` + phase) in both directions. */
export interface Sprite {
  readonly side: number;
  readonly half: number;
  readonly coverage: Uint8Array;
}

/** Positions of a centre within its pixel are rounded to an eighth. */
export const PHASES = 8;

/** The discs of one radius (in pixels) at all 8 x 8 places within a pixel. */
export function spritesOf(radius: number): readonly Sprite[] {
  const half = Math.ceil(radius + 1);
  const sprites: Sprite[] = [];
  for (let y = 0; y < PHASES; y += 1) {
    for (let x = 0; x < PHASES; x += 1) sprites.push(disc(radius, half, x / PHASES, y / PHASES));
  }
  return sprites;
}

const SAMPLES = 8;

/** Coverage of each pixel by 8 x 8 samples. */
function disc(radius: number, half: number, offsetX: number, offsetY: number): Sprite {
  const side = 2 * half + 1;
  const coverage = new Uint8Array(side * side);
  const square = radius * radius;
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      let inside = 0;
      for (let i = 0; i < SAMPLES * SAMPLES; i += 1) {
        const dx = x + ((i % SAMPLES) + 0.5) / SAMPLES - half - offsetX;
        const dy = y + (Math.floor(i / SAMPLES) + 0.5) / SAMPLES - half - offsetY;
        if (dx * dx + dy * dy <= square) inside += 1;
      }
      coverage[y * side + x] = Math.round((inside / (SAMPLES * SAMPLES)) * 255);
    }
  }
  return { side, half, coverage };
}
