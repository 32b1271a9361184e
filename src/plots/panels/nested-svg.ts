interface Part {
  readonly left: number;
  readonly top: number;
  readonly svg: string;
}

/**
 * Drawings inside a drawing, each at its place. Names of clips and gradients are made different, since one
 * document has each name once.
 */
export function nested(whole: string, parts: readonly Part[]): string {
  const inner = parts.map(({ left, top, svg }, i) => {
    const named = svg.replaceAll(/(id="|url\(#|href="#)/g, `$1panel${String(i)}-`);
    return named.replace('<svg ', `<svg x="${String(left)}" y="${String(top)}" `);
  });
  return whole.replace(/<\/svg>\s*$/, `${inner.join('')}</svg>`);
}
