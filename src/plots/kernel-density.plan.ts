import { axisOf, positionEncoding, stepsAcross, stepsDown, type Axis } from './axis.js';
import { gradientLength, legendOf } from './color.js';
import { continuousScheme, singleColor } from './palettes.js';
import type { DensityPicture, Look } from './picture.js';
import { rasterLayer, type Layer, type Layout, type Plan, type Raster } from './plan.js';
import { blankRaster } from './raster/blank.js';
import { mixed, pixelOf, weightOf } from './raster/blend.js';
import { parseColor } from './raster/parse-color.js';
import { sampled, smoothed, type Grid } from './raster/smooth.js';
import { themes } from './theme.js';

/** Below this share of the greatest density nothing is drawn. */
const FAINTEST = 0.01;
const SHADES = 256;

/** How densely rows lie, by a Gaussian kernel: as colours over two axes, or as a curve over one. */
export function kernelDensityPlan(picture: DensityPicture): Plan {
  const { look, x, y, columns, lines, weights, smooth, notes } = picture;
  const grid = smoothed({ columns, lines, values: weights }, smooth);
  const greatest = grid.values.reduce((most, value) => Math.max(most, value), 0);
  const empty = !(greatest > 0);
  const shares: Grid = { ...grid, values: grid.values.map((v) => (empty ? 0 : v / greatest)) };
  const xAxis = { ...axisOf(x, [], stepsAcross(look)), labelled: !empty };
  const summary = { columns, lines, smooth, densities: [...shares.values].map(rounded) };
  const common = { notes, empty };
  if (y === undefined) {
    const data = { curve: curveRows(shares, xAxis) };
    return { ...common, layers: curveLayers(look, xAxis), fill: () => ({ data, summary }) };
  }
  const yAxis = { ...axisOf(y, [], stepsDown(look)), labelled: !empty };
  return {
    ...common,
    layers: [rasterLayer, legendLayer(look, xAxis, yAxis)],
    framed: true,
    fill: (layout) => ({
      data: { points: [] },
      ...(empty ? {} : { raster: rasterOf(shares, layout) }),
      summary,
    }),
  };
}

const rounded = (share: number): number => Math.round(share * 1e4) / 1e4;

/** Middles of the cells, where their densities hold. */
function curveRows({ columns, values }: Grid, { domain, scale }: Axis): { a: number; b: number }[] {
  const log = scale === 'log';
  const [low, high] = log ? [Math.log(domain[0]), Math.log(domain[1])] : domain;
  return Array.from(values, (b, i) => {
    const at = low + ((high - low) * (i + 0.5)) / columns;
    return { a: log ? Math.exp(at) : at, b };
  });
}

const SHARE = { label: 'density (share of the greatest)', scale: 'linear' } as const;

function curveLayers(look: Look, xAxis: Axis): Layer[] {
  const yAxis = {
    ...axisOf({ ...SHARE, min: 0, max: 1.05 }, [], stepsDown(look)),
    labelled: xAxis.labelled,
  };
  const color = singleColor(themes[look.theme], look.palette);
  const encoding = { x: positionEncoding('a', xAxis), y: positionEncoding('b', yAxis) };
  const data = { name: 'curve' };
  return [
    {
      name: 'area',
      data,
      mark: { type: 'area', color, opacity: 0.25, clip: true, aria: false },
      encoding: { ...encoding, y2: { datum: 0 } },
    },
    {
      name: 'curve',
      data,
      mark: { type: 'line', color, strokeWidth: 2, clip: true, aria: false },
      encoding,
    },
  ];
}

/** Marks that are never drawn themselves: they carry the axes and the colour bar. */
const legendLayer = (look: Look, xAxis: Axis, yAxis: Axis): Layer => ({
  name: 'points',
  data: { name: 'points' },
  mark: { type: 'point' },
  encoding: {
    x: positionEncoding('a', xAxis),
    y: positionEncoding('b', yAxis),
    color: {
      field: 'n',
      type: 'quantitative',
      title: ['density', 'share of the greatest'],
      scale: {
        domain: [0, 1],
        scheme: continuousScheme(themes[look.theme], look.palette),
        clamp: true,
      },
      legend: legendOf(look, {
        gradientLength: gradientLength(look),
        values: [0, 0.2, 0.4, 0.6, 0.8, 1],
      }),
    },
  },
});

function rasterOf(grid: Grid, layout: Layout): Raster {
  const raster = blankRaster(layout, 0);
  const { pixels, width, height } = raster;
  const shades = Array.from({ length: SHADES }, (_, i) =>
    pixelOf(parseColor(layout.color(i / (SHADES - 1)))),
  );
  for (let row = 0; row < height; row += 1) {
    const y = ((height - row - 0.5) / height) * grid.lines;
    for (let column = 0; column < width; column += 1) {
      const share = sampled(grid, ((column + 0.5) / width) * grid.columns, y);
      if (share < FAINTEST) continue;
      const shade = shades[Math.round(share * (SHADES - 1))] ?? 0;
      // Fades in, so that the edge of the cloud is no line.
      const weight = weightOf(Math.min(255, Math.round((share / (3 * FAINTEST)) * 255)));
      pixels[row * width + column] = mixed(0, shade, weight);
    }
  }
  return raster;
}
