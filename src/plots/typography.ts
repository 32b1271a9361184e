import type { Look } from './picture.js';

/** Sizes of text and room around the picture, in CSS pixels. */
export interface Typography {
  readonly title: number;
  readonly subtitle: number;
  readonly label: number;
  readonly foot: number;
  readonly padding: number;
  /** Most lines of the title. */
  readonly lines: number;
  /** Whether there is room for a foot. */
  readonly footed: boolean;
}

const usual: Typography = {
  title: 18,
  subtitle: 12,
  label: 11,
  foot: 10,
  padding: 16,
  lines: 2,
  footed: true,
};

/** Small pictures have small text, one line of title, and no foot where they are low. */
export function typographyOf({ width, height }: Look): Typography {
  if (width >= 480 && height >= 320) return usual;
  const small = { title: 13, subtitle: 10, label: 9, foot: 8, padding: 10, lines: 1 };
  return { ...small, footed: height >= 260 };
}
