/** Pixels between the edges of a cell and its plot area, or to be added there. */
export interface Insets {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * What each cell lacks of the widest margins in its column and in its row.
 * @param alike of all margins instead: cells of one size then have plot areas of one size, and the same ticks
 */
export function aligned(margins: readonly Insets[], columns: number, alike = false): Insets[] {
  const most = (side: keyof Insets, same: (i: number) => boolean): number =>
    Math.max(...margins.filter((_, i) => same(i)).map((one) => one[side]));
  return margins.map((own, i) => {
    const column = (other: number): boolean => alike || other % columns === i % columns;
    const row = (other: number): boolean =>
      alike || Math.floor(other / columns) === Math.floor(i / columns);
    return {
      left: most('left', column) - own.left,
      right: most('right', column) - own.right,
      top: most('top', row) - own.top,
      bottom: most('bottom', row) - own.bottom,
    };
  });
}
