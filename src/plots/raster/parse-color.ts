/** `#rrggbb` or `rgb(r, g, b)`, the two forms of Vega's scales, as 0xrrggbb. */
export function parseColor(css: string): number {
  if (/^#[0-9a-f]{6}$/i.test(css)) return Number.parseInt(css.slice(1), 16);
  const parts = /^rgb\((\d+), ?(\d+), ?(\d+)\)$/.exec(css);
  if (parts === null) throw new Error(`not a colour: ${css}`);
  const [red = 0, green = 0, blue = 0] = parts.slice(1).map(Number);
  return (red << 16) | (green << 8) | blue;
}
