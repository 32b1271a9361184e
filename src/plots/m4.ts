/**
 * M4 (Jugel et al. 2014): of the points in each pixel column a line keeps the first, the last, the
 * lowest and the highest. The picture is the same, pixel for pixel; the points are few.
 */
export interface Polyline {
  readonly x: Float64Array;
  /** NaN where the line is interrupted. */
  readonly y: Float64Array;
}

/**
 * @param x ascending
 * @param y NaN interrupts the line
 * @param places where each x lies, in pixels
 */
export function m4(x: Float64Array, y: Float64Array, places: Float64Array): Polyline {
  const kept = new Reduced(x, y);
  let current = NaN;
  let gap = false;
  for (let i = 0; i < x.length; i += 1) {
    const value = y[i] ?? NaN;
    if (!Number.isFinite(value)) {
      gap = true;
      continue;
    }
    const at = Math.floor(places[i] ?? NaN);
    if (at !== current) {
      kept.endColumn();
      // A gap within a column cannot be seen; one between columns can.
      if (gap && !Number.isNaN(current)) kept.interrupt(i);
      kept.beginColumn(i);
      current = at;
    } else kept.add(i, value);
    gap = false;
  }
  return kept.end();
}

/** The rows that are kept, and the extremes of the column that is being read. */
class Reduced {
  private readonly xs: number[] = [];
  private readonly ys: number[] = [];
  private first = -1;
  private last = -1;
  private lowest = -1;
  private highest = -1;

  constructor(
    private readonly x: Float64Array,
    private readonly y: Float64Array,
  ) {}

  beginColumn(row: number): void {
    this.first = this.last = this.lowest = this.highest = row;
  }

  add(row: number, value: number): void {
    this.last = row;
    if (value < (this.y[this.lowest] ?? NaN)) this.lowest = row;
    if (value > (this.y[this.highest] ?? NaN)) this.highest = row;
  }

  endColumn(): void {
    if (this.first === -1) return;
    const { first, last, lowest, highest } = this;
    const [early, late] = lowest < highest ? [lowest, highest] : [highest, lowest];
    this.keep(first);
    if (early !== first) this.keep(early);
    if (late !== early && late !== first) this.keep(late);
    if (last !== late && last !== first) this.keep(last);
  }

  /** Lifts the pen before a row. */
  interrupt(row: number): void {
    this.xs.push(this.x[row] ?? NaN);
    this.ys.push(NaN);
  }

  end(): Polyline {
    this.endColumn();
    return { x: Float64Array.from(this.xs), y: Float64Array.from(this.ys) };
  }

  private keep(row: number): void {
    this.xs.push(this.x[row] ?? NaN);
    this.ys.push(this.y[row] ?? NaN);
  }
}
