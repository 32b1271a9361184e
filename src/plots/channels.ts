import type { PointStyle, ValueScale } from './choices.js';

export interface ValueChannel {
  readonly kind: 'number' | 'time';
  readonly label: string;
  readonly scale: ValueScale;
  readonly values: Float64Array;
  /** Ends of the scale, where it is that of more than these values. */
  readonly extent?: readonly [number, number];
}

export interface CategoryChannel {
  readonly kind: 'text';
  readonly label: string;
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
  /** The codes, the most frequent first, where it is that of more than these rows. */
  readonly ranking?: { readonly codes: readonly number[]; readonly missing: boolean };
}

export type ColorChannel = ValueChannel | CategoryChannel;

/** What scatter plots and maps share. */
export interface Points {
  readonly color?: ColorChannel;
  readonly size?: ValueChannel;
  /** A text beside each point. */
  readonly labels?: Pick<CategoryChannel, 'codes' | 'dictionary'>;
  readonly style: PointStyle;
}
