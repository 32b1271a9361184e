import { FONT_FAMILY } from './fonts.js';
import type { ThemeName } from './choices.js';
import type { Look } from './picture.js';
import { typographyOf } from './typography.js';

/** The colours of a picture; the rest of the look is the same in both themes. */
export interface Theme {
  readonly dark: boolean;
  readonly background: string;
  readonly text: string;
  readonly quiet: string;
  readonly faint: string;
  readonly grid: string;
  readonly axis: string;
  readonly land: string;
  readonly coast: string;
  readonly sea: string;
  /** Marks without a value for their colour. */
  readonly missing: string;
  /** The part of a continuous scheme which stands out from the background. */
  readonly schemeExtent: readonly [number, number];
}

export const themes: Readonly<Record<ThemeName, Theme>> = {
  light: {
    dark: false,
    background: '#ffffff',
    text: '#1a1f26',
    quiet: '#5b6470',
    faint: '#8a929c',
    grid: '#e9ecef',
    axis: '#9aa2ab',
    land: '#dfe3e6',
    coast: '#b3bac1',
    sea: '#f8fafb',
    missing: '#a8afb6',
    schemeExtent: [0, 0.94],
  },
  dark: {
    dark: true,
    background: '#14181d',
    text: '#eef1f4',
    quiet: '#aab3bd',
    faint: '#7c8691',
    grid: '#272d34',
    axis: '#5a636d',
    land: '#333b44',
    coast: '#56606b',
    sea: '#191e24',
    missing: '#68717b',
    schemeExtent: [0.16, 1],
  },
};

/** The Vega-Lite configuration of a picture. */
export function configOf(look: Look): Record<string, unknown> {
  const theme = themes[look.theme];
  const { title, subtitle, label } = typographyOf(look);
  return {
    font: FONT_FAMILY,
    background: theme.background,
    view: { stroke: null },
    scale: { invalid: { color: { value: theme.missing } } },
    title: {
      anchor: 'start',
      frame: look.panel === true ? 'group' : 'bounds',
      offset: subtitle,
      color: theme.text,
      fontSize: title,
      fontWeight: 600,
      lineHeight: Math.round(title * 1.28),
      subtitleColor: theme.quiet,
      subtitleFontSize: subtitle,
      subtitleLineHeight: Math.round(subtitle * 1.42),
      subtitlePadding: 6,
    },
    axis: {
      domainColor: theme.axis,
      tickColor: theme.axis,
      tickSize: 4,
      gridColor: theme.grid,
      labelColor: theme.quiet,
      labelFontSize: label,
      labelPadding: 5,
      titleColor: theme.text,
      titleFontSize: label + 1,
      titleFontWeight: 400,
      titlePadding: label - 1,
    },
    axisX: { titleLimit: look.width * 0.8 },
    axisY: { domain: false, ticks: false, titleLimit: look.height * 0.65 },
    legend: {
      labelColor: theme.quiet,
      labelFontSize: label,
      labelLimit: Math.min(170, look.width / 4),
      titleColor: theme.text,
      titleFontSize: label,
      titleFontWeight: 600,
      titleLimit: Math.min(190, look.width / 4),
      layout: {
        right: { anchor: 'start', direction: 'vertical', margin: 16 },
        bottom: { anchor: 'start', direction: 'horizontal', margin: 24 },
      },
      titlePadding: 8,
      offset: 20,
      gradientThickness: 11,
      gradientStrokeWidth: 0,
      symbolStrokeWidth: 0,
      rowPadding: 4,
    },
  };
}
