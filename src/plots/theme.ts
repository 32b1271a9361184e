import { FONT_FAMILY } from './fonts.js';
import type { ThemeName } from './picture.js';

/** The colours of a picture; the rest of the look is the same in both themes. */
export interface Theme {
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

export const TITLE_SIZE = 18;
export const SUBTITLE_SIZE = 12;
export const FOOTER_SIZE = 10;
export const PADDING = 16;

/** The Vega-Lite configuration of a theme. */
export function themeConfig(theme: Theme): Record<string, unknown> {
  return {
    font: FONT_FAMILY,
    background: theme.background,
    view: { stroke: null },
    title: {
      anchor: 'start',
      frame: 'bounds',
      offset: 14,
      color: theme.text,
      fontSize: TITLE_SIZE,
      fontWeight: 600,
      lineHeight: 23,
      subtitleColor: theme.quiet,
      subtitleFontSize: SUBTITLE_SIZE,
      subtitleLineHeight: 17,
      subtitlePadding: 6,
    },
    axis: {
      domainColor: theme.axis,
      tickColor: theme.axis,
      tickSize: 4,
      gridColor: theme.grid,
      labelColor: theme.quiet,
      labelFontSize: 11,
      labelPadding: 5,
      titleColor: theme.text,
      titleFontSize: 12,
      titleFontWeight: 400,
      titlePadding: 10,
    },
    axisY: { domain: false, ticks: false },
    legend: {
      labelColor: theme.quiet,
      labelFontSize: 11,
      labelLimit: 170,
      titleColor: theme.text,
      titleFontSize: 11,
      titleFontWeight: 600,
      titleLimit: 190,
      titlePadding: 8,
      offset: 20,
      gradientThickness: 11,
      gradientStrokeWidth: 0,
      symbolStrokeWidth: 0,
      rowPadding: 4,
    },
  };
}
