import type { Column } from '../../schema.js';
import type { AggregateFunction } from './functions.js';
import type { Step } from './steps.js';

/**
 * An aggregation, for the route `/datasets/{name}/aggregate` and for analyses alike. `parse.ts` makes an
 * `AggregateRequest` of the texts of an `AggregateSpec`, `read.ts` answers it; neither knows HTTP, jobs or
 * Redis. An analysis asks `DatasetReader.aggregate(spec)`, which does both.
 */
export interface AggregateSpec {
  /** Columns whose values make the groups: `recclass,fall`. */
  readonly group?: string;
  /** What is computed, `count` by default: `count,mean(mass (g)),p95("a,b")`. */
  readonly agg?: string;
  /** A time column and the length of its buckets: `month(time)`, `15min(time)`. */
  readonly bucket?: string;
  /** What stands in buckets without records. */
  readonly fill?: Fill;
  /** Columns of the answer: `-count,recclass`. By default the groups, upwards. */
  readonly sort?: string;
}

/** `none` leaves empty buckets out. Counts of the others are 0, unless carried or interpolated. */
export const FILLS = ['none', 'null', 'zero', 'previous', 'linear'] as const;
export type Fill = (typeof FILLS)[number];

export interface Aggregate {
  /** Name in the answer: `count`, `mean(mass (g))`. */
  readonly name: string;
  readonly function: AggregateFunction;
  /** null for `count` of whole records. */
  readonly column: Column | null;
}

export interface Bucket {
  /** Name in the answer: `month(time)`. */
  readonly name: string;
  readonly column: Column;
  readonly step: Step;
}

export interface AggregateRequest {
  readonly groups: readonly Column[];
  readonly bucket: Bucket | null;
  readonly aggregates: readonly Aggregate[];
  readonly fill: Fill;
  readonly order: readonly { readonly name: string; readonly descending: boolean }[];
}
