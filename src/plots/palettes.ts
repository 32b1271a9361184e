import type { Theme } from './theme.js';

/** Continuous colour schemes of equal perceived steps; the diverging ones have a neutral middle. */
export const continuousPalettes = [
  'viridis',
  'cividis',
  'magma',
  'inferno',
  'plasma',
  'blues',
  'greens',
  'greys',
  'redblue',
  'purpleorange',
] as const;

/** Palettes of categories, in the order in which they are used. */
const categorical = {
  /** Okabe and Ito (2008), told apart by colour-blind people; its yellow last, for it is pale. */
  'okabe-ito': [
    '#0072b2',
    '#d55e00',
    '#009e73',
    '#cc79a7',
    '#e69f00',
    '#56b4e9',
    '#7a6652',
    '#d9c400',
  ],
  tableau10: [
    '#4e79a7',
    '#f28e2b',
    '#e15759',
    '#76b7b2',
    '#59a14f',
    '#edc948',
    '#b07aa1',
    '#ff9da7',
    '#9c755f',
    '#5f6a74',
  ],
  tableau20: [
    '#4e79a7',
    '#f28e2b',
    '#59a14f',
    '#e15759',
    '#b07aa1',
    '#499894',
    '#b6992d',
    '#9d7660',
    '#d37295',
    '#6b4c9a',
    '#a0cbe8',
    '#ffbe7d',
    '#8cd17d',
    '#ff9d9a',
    '#d4a6c8',
    '#86bcb6',
    '#f1ce63',
    '#d7b5a6',
    '#fabfd2',
    '#2f6b4f',
  ],
} as const satisfies Record<string, readonly string[]>;

/** Okabe and Ito on black: the light ones first. */
const onBlack = [
  '#56b4e9',
  '#e69f00',
  '#1fb98e',
  '#e08bbb',
  '#f0e442',
  '#f0773a',
  '#5b8def',
  '#b59c84',
] as const;

export const categoricalPalettes = ['okabe-ito', 'tableau10', 'tableau20'] as const;
export const paletteNames = [...continuousPalettes, ...categoricalPalettes] as const;
export type PaletteName = (typeof paletteNames)[number];

export const isCategorical = (name: string): name is keyof typeof categorical =>
  Object.hasOwn(categorical, name);

/** Colours for so many categories; beyond eight, twenty colours after Tableau. */
export function categoryColors(count: number, theme: Theme, palette?: string): readonly string[] {
  const asked = palette !== undefined && isCategorical(palette) ? palette : 'okabe-ito';
  const usual = asked === 'okabe-ito' && theme.dark ? onBlack : categorical[asked];
  const colors: readonly string[] = count <= usual.length ? usual : categorical.tableau20;
  return Array.from({ length: count }, (_, i) => colors[i % colors.length] ?? theme.missing);
}

/** Colour of a picture with one kind of mark. */
export const singleColor = (theme: Theme, palette?: string): string =>
  categoryColors(1, theme, palette)[0] ?? theme.text;

export interface Scheme {
  readonly name: string;
  readonly extent: readonly [number, number];
}

/** The Vega scheme of a continuous colour. */
export function continuousScheme(theme: Theme, palette?: string): Scheme {
  const name = palette === undefined || isCategorical(palette) ? 'viridis' : palette;
  const diverging = name === 'redblue' || name === 'purpleorange';
  if (diverging) return { name, extent: [0, 1] };
  const single = name === 'blues' || name === 'greens' || name === 'greys';
  return { name, extent: single ? [0.25, 1] : theme.schemeExtent };
}
