import { mulberry32 } from './random.js';

const DAY_MS = 86_400_000;
const YEAR_MS = 365.25 * DAY_MS;
/** How much of its last value the noise remembers. */
const MEMORY = 0.8;

export interface SeriesPlan {
  readonly rows: number;
  readonly series: number;
  readonly seed: number;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly every: number;
  readonly gaps: number;
}

export interface SeriesRow {
  /** RFC 3339. */
  readonly time: string;
  /** Rounded to three places; null is a gap. */
  readonly values: readonly (number | null)[];
}

/**
 * Rows of series: v = level + trend t + a sin(day) + b sin(year) + e, where e is an autoregressive noise,
 * e(t) = 0.8 e(t - 1) + n(t), n normally distributed (Box and Muller, 1958).
 */
export function* seriesRows(plan: SeriesPlan): Generator<SeriesRow> {
  const random = mulberry32(plan.seed);
  const shapes = Array.from({ length: plan.series }, () => ({
    level: 10 + 40 * random(),
    trend: random() - 0.5,
    day: { height: 1 + 4 * random(), phase: 2 * Math.PI * random() },
    year: { height: 2 + 8 * random(), phase: 2 * Math.PI * random() },
    noise: 0,
  }));
  for (let row = 0; row < plan.rows; row++) {
    const passed = row * plan.every;
    const values = shapes.map((shape) => {
      shape.noise = MEMORY * shape.noise + normal(random);
      const { level, trend, day, year, noise } = shape;
      const value =
        level +
        (trend * passed) / YEAR_MS +
        day.height * Math.sin((2 * Math.PI * passed) / DAY_MS + day.phase) +
        year.height * Math.sin((2 * Math.PI * passed) / YEAR_MS + year.phase) +
        noise;
      return random() < plan.gaps ? null : Math.round(value * 1000) / 1000;
    });
    yield { time: new Date(plan.start + passed).toISOString(), values };
  }
}

const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
